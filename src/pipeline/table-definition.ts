import type {Experiment} from "../papers/experiment.ts";
import type {Columns, Row, RowOf} from "./columns.ts";
import type {ParameterSections} from "./parameters.ts";
import type {z} from "zod";

/** Where a table's parameters stand: a paper's file, one of its sections and, where not all are read, the names read. */
export interface ParameterSource<S extends ParameterSections, K extends keyof S, F = string> {
  /** Paper, the name of the file under `data/parameters` without its ending. */
  readonly paper: string;
  readonly sections: S;
  readonly section: K;
  /** The parameters of the section that the method reads; all of them by default. */
  readonly reads?: readonly F[];
}

/** What the method of a derived table receives. */
export interface Method<P> {
  readonly parameters: P;
  /** The rows of a table named in `inputs`, verified. */
  readonly input: <T = Row>(table: string) => readonly T[];
}

/** A result table as its loader defines it: the method section of the paper. */
export interface TableDefinition {
  readonly title: string;
  readonly columns: Columns;
  readonly parameters: ParameterSource<ParameterSections, string> | null;
  readonly inputs: readonly string[];
  /** The cells that the rows come from, or null for a table that is derived from its inputs. */
  readonly experiment: Experiment<unknown, unknown, Row> | null;
  readonly run: ((method: Method<unknown>) => readonly Row[] | Promise<readonly Row[]>) | null;
}

interface CommonDefinition<C extends Columns> {
  /** What a row of the table is, in one sentence. */
  readonly title: string;
  /** Tables whose rows the method reads. */
  readonly inputs?: readonly string[];
  readonly columns: C;
}

interface DerivedTable<S extends ParameterSections, K extends keyof S, C extends Columns, F extends keyof z.output<S[K]>> extends CommonDefinition<C> {
  readonly parameters?: ParameterSource<S, K, F>;
  readonly run: (method: Method<Pick<z.output<S[K]>, F>>) => readonly RowOf<C>[] | Promise<readonly RowOf<C>[]>;
}

interface ExperimentTable<S extends ParameterSections, K extends keyof S, C extends Columns> extends CommonDefinition<C> {
  readonly parameters?: ParameterSource<S, K>;
  // The parameters of cells and the rows of inputs are the experiment's own affair.
  readonly experiment: Experiment<z.output<S[K]>, any, RowOf<C>, any>;
}

const complete = (definition: object): TableDefinition => ({parameters: null, inputs: [], experiment: null, run: null, ...definition}) as unknown as TableDefinition;

/** Defines a table whose rows an experiment gives cell by cell; a loader's default export. */
export function defineExperimentTable<const S extends ParameterSections, K extends keyof S & string, const C extends Columns>(definition: ExperimentTable<S, K, C>): TableDefinition {
  return complete(definition);
}

/** Defines a table that is derived from the rows of other tables, quickly and without randomness; a loader's default export. */
export function defineTable<const S extends ParameterSections, K extends keyof S & string, const C extends Columns, F extends keyof z.output<S[K]> = keyof z.output<S[K]>>(definition: DerivedTable<S, K, C, F>): TableDefinition {
  return complete(definition);
}
