export {InterruptedError} from "./interrupted-error.ts";
export type {PieceName, RunEvent} from "./run-event.ts";
export {runTables} from "./run-tables.ts";
export {tableWords} from "./select-tables.ts";
export {openSession} from "./session.ts";
export type {RunEffects, RunReport, Session} from "./session.ts";
export type {Reason} from "./explain-piece.ts";
export type {PlannedPiece, PlannedTable, RunPlan} from "./plan-run.ts";
export type {RerunCell} from "./rerun-sample.ts";
