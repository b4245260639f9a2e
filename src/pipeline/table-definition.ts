import type {LabelledImages} from "../data-sets/index.ts";
import type {ExperimentContext} from "../papers/experiment.ts";
import type {Columns, Row, RowOf} from "./columns.ts";
import type {ImageSetName} from "./image-sets.ts";
import type {ParameterSections} from "./parameters.ts";
import type {z} from "zod";

/** Where a table's parameters stand: a paper's file and one of its sections. */
export interface ParameterSource<S extends ParameterSections, K extends keyof S> {
  /** Paper, the name of the file under `data/parameters` without its ending. */
  readonly paper: string;
  readonly sections: S;
  readonly section: K;
}

/** What a table's method receives. */
export interface Method<P> {
  readonly parameters: P;
  readonly context: ExperimentContext;
  /** The rows of a table named in `inputs`, verified. */
  readonly input: <T = Row>(table: string) => readonly T[];
  /** An image set named in `imageSets`, verified. */
  readonly images: (set: ImageSetName) => LabelledImages;
}

/** A result table as its loader defines it: the method section of the paper. */
export interface TableDefinition {
  readonly title: string;
  readonly columns: Columns;
  readonly parameters: ParameterSource<ParameterSections, string> | null;
  readonly inputs: readonly string[];
  readonly imageSets: (parameters: unknown) => readonly ImageSetName[];
  readonly run: (method: Method<unknown>) => readonly Row[] | Promise<readonly Row[]>;
}

interface Definition<S extends ParameterSections, K extends keyof S & string, C extends Columns> {
  /** What a row of the table is, in one sentence. */
  readonly title: string;
  readonly parameters?: ParameterSource<S, K>;
  /** Tables whose rows the method reads. */
  readonly inputs?: readonly string[];
  /** Image sets that the method reads, given its parameters. */
  readonly imageSets?: (parameters: z.output<S[K]>) => readonly ImageSetName[];
  readonly columns: C;
  readonly run: (method: Method<z.output<S[K]>>) => readonly RowOf<C>[] | Promise<readonly RowOf<C>[]>;
}

/** Defines a result table; a loader's default export. */
export function defineTable<const S extends ParameterSections, K extends keyof S & string, const C extends Columns>(definition: Definition<S, K, C>): TableDefinition {
  return {
    title: definition.title,
    columns: definition.columns,
    parameters: (definition.parameters ?? null) as TableDefinition["parameters"],
    inputs: definition.inputs ?? [],
    imageSets: (definition.imageSets ?? (() => [])) as TableDefinition["imageSets"],
    run: definition.run as unknown as TableDefinition["run"]
  };
}
