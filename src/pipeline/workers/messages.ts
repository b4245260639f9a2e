import type {ReplicaRange} from "../../papers/experiment.ts";
import type {ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {CellWork} from "../run/compute-cell.ts";
import type {ChosenRows} from "../run/input-rows.ts";
import type {Entry} from "../store/index.ts";

/** Where a cell's rows belong in the store. */
export interface CellAddress {
  readonly table: string;
  readonly key: string;
  readonly range: ReplicaRange | null;
}

/** What the scheduler asks of a worker. */
export type Request =
  /** `broken`: tables whose loaders are not to be imported, each with why. */
  | {readonly kind: "describe"; readonly project: Project; readonly broken: Readonly<Record<string, string>>}
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
    }
  /** Rows that cells choose from an assembled table, of whose object they are. */
  | {readonly kind: "rows"; readonly project: Project; readonly table: Pick<TableDescription, "name" | "columns">; readonly object: string; readonly rows: readonly ChosenRows[]}
  /** The CSV of an assembled table, of whose object it is made. */
  | {readonly kind: "csv"; readonly project: Project; readonly table: string; readonly object: string; readonly key: string};

/** What a worker says on its way to the answer. */
export type Message =
  /** A table's loader is imported. */
  | {readonly kind: "describing"; readonly table: string}
  /** All that a cell reads is at hand; its work begins. */
  | {readonly kind: "begins"}
  | {readonly kind: "progress"; readonly done: number; readonly total: number}
  /** Something in the store was damaged. */
  | {readonly kind: "warned"; readonly line: string};

/** What a worker answers. */
export type Reply =
  | {readonly kind: "described"; readonly description: ProjectDescription}
  | {readonly kind: "computed"; readonly entry: Entry; readonly backEnds: string}
  | {readonly kind: "compared"; readonly difference: string | null; readonly seconds: number}
  | {readonly kind: "assembled"; readonly entry: Entry; readonly content: string}
  /** An entry for each choice of rows. */
  | {readonly kind: "rows"; readonly entries: readonly Entry[]}
  | {readonly kind: "csv"; readonly entry: Entry}
  | {readonly kind: "failed"; readonly error: string};

const onTheWay: readonly (Message | Reply)["kind"][] = ["describing", "begins", "progress", "warned"] satisfies readonly Message["kind"][];

/** Whether more is to come before the answer. */
export const isMessage = (said: Message | Reply): said is Message => onTheWay.includes(said.kind);
