import type {Preset} from "../parameters.ts";

/** A table of a run: where its objects stand in the store, all by SHA-256, or why it has none. */
export type RunTable =
  | {
      /** The Arrow stream as it is published, with its provenance. */
      readonly object: string;
      /** Its rows alone: equal for equal rows. */
      readonly content: string;
      /** Its rows as CSV. */
      readonly csv: string;
    }
  | {readonly error: string};

/** The parameters of a paper as a run took them, settings included. */
export interface PaperParameters {
  readonly seed: number;
  readonly sections: Readonly<Record<string, unknown>>;
}

/** What one run was given and what it left: plain JSON. */
export interface RunRecord {
  readonly version: 1;
  /** The name under which it is kept, or null. */
  readonly name: string | null;
  readonly preset: Preset;
  readonly parameters: Readonly<Record<string, PaperParameters>>;
  readonly tables: Readonly<Record<string, RunTable>>;
  /** The index entries of the store that it used. */
  readonly entries: readonly string[];
}
