import type {ReplicaRange} from "../../papers/experiment.ts";

/** A cell of a table, or a range of its replicas, in a message. */
export interface PieceName {
  readonly table: string;
  readonly cell: string;
  readonly range: ReplicaRange | null;
}

/** What happens in a run, as it happens. */
export type RunEvent =
  /** A run begins: the tables it is about, and how many pieces and seconds of work are expected at most; null where no time is known. */
  | {readonly kind: "begun"; readonly tables: readonly string[]; readonly pieces: number; readonly seconds: number | null}
  /** It is known which pieces of a table are computed and which are there. */
  | {readonly kind: "planned"; readonly table: string; readonly experiment: string | null; readonly missing: number; readonly known: number; readonly seconds: number | null}
  /** A piece waits for another process that computes it. */
  | ({readonly kind: "waiting"; readonly heldBy: number} & PieceName)
  | ({readonly kind: "started"; readonly seconds: number | null} & PieceName)
  | ({readonly kind: "progress"; readonly done: number; readonly total: number} & PieceName)
  | ({readonly kind: "ended"; readonly outcome: "computed" | "failed" | "computed elsewhere"; readonly seconds: number; readonly backEnds: string} & PieceName)
  /** A table is settled: the object of its published stream, or null where it failed. */
  | {readonly kind: "settled"; readonly table: string; readonly outcome: "unchanged" | "computed" | "failed"; readonly object: string | null}
  | {readonly kind: "done"; readonly computed: number; readonly unchanged: number; readonly failed: number; readonly seconds: number};
