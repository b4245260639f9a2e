export type {OnlyIn, RunComparison, RunParameterChange, VerdictChange, VerdictState} from "./compare-runs.ts";
export type {PageRun, PageRuns} from "./page-runs.ts";
export {parameterChanges} from "./parameter-changes.ts";
export type {ParameterChange} from "./parameter-changes.ts";
export type {PaperParameters, RunRecord, RunTable} from "./run-record.ts";
