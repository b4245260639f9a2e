import type {ReplicaRange} from "../../papers/experiment.ts";
import type {ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {CellWork} from "../run/compute-cell.ts";
import type {Entry} from "../store/index.ts";

/** Where a cell's rows belong in the store. */
export interface CellAddress {
  readonly table: string;
  readonly key: string;
  readonly range: ReplicaRange | null;
}

/** What the scheduler asks of a worker. */
export type Request =
  | {readonly kind: "describe"; readonly project: Project}
  | {
      readonly kind: "cell";
      readonly project: Project;
      /** Fingerprint of the code that was described. */
      readonly code: string;
      readonly work: CellWork;
      readonly address: CellAddress;
      readonly note: Readonly<Record<string, unknown>>;
      /** Whether the rows are kept, or compared with those that are. */
      readonly purpose: "keep" | "compare";
    }
  | {
      readonly kind: "assemble";
      readonly project: Project;
      readonly table: Pick<TableDescription, "name" | "columns" | "provenance">;
      /** Objects of the cells and ranges, in order. */
      readonly cells: readonly string[];
      readonly metadata: Readonly<Record<string, string>>;
      readonly key: string;
    };

/** What a worker answers, `progress`, `begins` and `warned` any number of times before. */
export type Reply =
  | {readonly kind: "described"; readonly description: ProjectDescription}
  | {readonly kind: "begins"}
  /** Something in the store was damaged. */
  | {readonly kind: "warned"; readonly line: string}
  | {readonly kind: "progress"; readonly done: number; readonly total: number}
  | {readonly kind: "computed"; readonly entry: Entry; readonly backEnds: string}
  | {readonly kind: "compared"; readonly difference: string | null; readonly seconds: number}
  | {readonly kind: "assembled"; readonly entry: Entry; readonly content: string; readonly csv: string}
  | {readonly kind: "failed"; readonly error: string};
