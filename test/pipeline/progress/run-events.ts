import type {RunEvent} from "../../../src/pipeline/index.ts";

const piece = (table: string, cell: string | number) => ({table, cell: String(cell), range: null});

/** Events of a run, in few words. */
export const events = {
  begun: (...tables: readonly string[]): RunEvent => ({kind: "begun", tables, pieces: 0, seconds: null}),
  planned: (table: string, missing: number, {known = 0, seconds = null as number | null} = {}): RunEvent => ({kind: "planned", table, experiment: null, missing, known, seconds}),
  started: (table: string, cell: string | number, seconds: number | null = null): RunEvent => ({kind: "started", seconds, ...piece(table, cell)}),
  progress: (table: string, cell: string | number, done: number, total: number): RunEvent => ({kind: "progress", done, total, ...piece(table, cell)}),
  waiting: (table: string, cell: string | number, heldBy: number): RunEvent => ({kind: "waiting", heldBy, ...piece(table, cell)}),
  ended: (table: string, cell: string | number, seconds: number, {outcome = "computed" as "computed" | "failed" | "computed elsewhere", backEnds = ""} = {}): RunEvent => ({kind: "ended", outcome, seconds, backEnds, ...piece(table, cell)}),
  settled: (table: string, outcome: "unchanged" | "computed" | "failed" = "computed"): RunEvent => ({kind: "settled", table, outcome, object: outcome === "failed" ? null : "0".repeat(64)}),
  done: (): RunEvent => ({kind: "done", computed: 0, unchanged: 0, failed: 0, seconds: 0})
};
