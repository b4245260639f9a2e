import type {LabelledImages} from "../data-sets/index.ts";
import type {Ensembles} from "../kernels/index.ts";
import type {RandomStream} from "../random/index.ts";

/**
 * What an experiment is given beside its parameters: addressed randomness,
 * what runs ensembles, and a place to report progress. Its rows are a function
 * of the parameters and the streams alone.
 */
export interface ExperimentContext {
  /** The random stream of one block of replicas of one cell. */
  readonly stream: (cell: string, block: number) => RandomStream;
  /** Runs ensembles of small recursions; the key of their random numbers is a stream's ensembleKey. */
  readonly ensembles: Ensembles;
  /** Reports that `done` of `total` equal pieces of work are finished. */
  readonly progress: (done: number, total: number) => void;
}

/** The sets of labelled images that a cell may read. */
export type ImageSetName = "digits" | "mnist";

/** Replicas `first` to `first + count − 1` of a cell. */
export interface ReplicaRange {
  readonly first: number;
  readonly count: number;
}

/** What one cell is given. */
export interface CellContext extends ExperimentContext {
  /** The replicas to run; replica r must be the same in every range that holds it. Of a cell without replicas: none. */
  readonly replicas: ReplicaRange;
  /** An image set that the cell names. */
  readonly images: (set: ImageSetName) => LabelledImages;
}

type InputRows = readonly (readonly unknown[])[];

type Value = number | string | boolean | null;

/** Which rows of an input are read: those that have in each column named the value, or one of the values; all of them for `{}`. */
export type RowConditions = Readonly<Record<string, Value | readonly Value[]>>;

/**
 * An independent piece of an experiment: one combination of the swept
 * parameters. Its rows depend on nothing but `reads`, the seed of the paper,
 * the replicas asked for, the image sets named and the rows of inputs read.
 */
export interface Cell<C> {
  /** Unique within the experiment; says what sets the cell apart, in words and values: `step size 0.2, batch size 4`. */
  readonly name: string;
  /** The parameters that the cell reads and no others: a plain JSON value. */
  readonly reads: C;
  /** Number of replicas, where the cell gives its rows replica after replica and so can be run range by range. */
  readonly replicas?: number;
  /** Image sets that it reads. */
  readonly imageSets?: readonly ImageSetName[];
  /** Which rows of each input it reads, null for an input that it does not read; it is given no others. All rows of all inputs by default. */
  readonly rows?: readonly (RowConditions | null)[];
}

/**
 * An experiment as independent cells, whose rows joined in order are the rows
 * of its table. A cell that stands in a larger sweep, or is run in other
 * ranges of replicas, gives the same rows.
 *
 * `Inputs` are the rows of the tables that its loader names as inputs, in that order.
 */
export interface Experiment<P, C, R, Inputs extends InputRows = InputRows> {
  /** All cells of the experiment, in the order of the table. @throws RangeError for parameters that do not fit together */
  readonly cells: (parameters: P) => readonly Cell<C>[];
  /** The rows of one cell, for the range of replicas in the context, from the rows of inputs that it reads. */
  readonly run: (reads: C, context: CellContext, inputs: Inputs) => readonly R[] | Promise<readonly R[]>;
}

/**
 * Declares an experiment; its types follow from its two functions. Call it as
 * `@__PURE__`, so that the source of another experiment of the same module
 * does not count as this one's.
 */
export function defineExperiment<P, C, R, Inputs extends InputRows = readonly []>(experiment: Experiment<P, C, R, Inputs>): Experiment<P, C, R, Inputs> {
  return experiment;
}

function chosen(rows: readonly unknown[], conditions: RowConditions | null): readonly unknown[] {
  if (conditions === null) return [];
  const wanted = Object.entries(conditions).map(([column, values]) => [column, [values].flat() as readonly unknown[]] as const);
  return rows.filter((row) => wanted.every(([column, values]) => values.includes((row as Readonly<Record<string, unknown>>)[column])));
}

/**
 * Runs every cell of an experiment here, one after the other, each in one
 * range of replicas: what a table's rows are by definition, whatever cuts,
 * orders or keeps its cells.
 */
export async function runExperiment<P, C, R, Inputs extends InputRows>(
  experiment: Experiment<P, C, R, Inputs>,
  parameters: P,
  context: ExperimentContext & Partial<Pick<CellContext, "images">>,
  inputs: Inputs = [] as unknown as Inputs
): Promise<readonly R[]> {
  const images = (set: ImageSetName): LabelledImages => {
    throw new RangeError(`images: expected the image set ${set}, found none`);
  };
  const rows: R[] = [];
  const cells = experiment.cells(parameters);
  for (const [i, {reads, replicas = 0, rows: read}] of cells.entries()) {
    const given = read === undefined ? inputs : (inputs.map((input, at) => chosen(input, read[at]!)) as readonly unknown[] as Inputs);
    const progress = (done: number, total: number): void => context.progress(i + done / total, cells.length);
    for (const row of await experiment.run(reads, {images, ...context, progress, replicas: {first: 0, count: replicas}}, given)) rows.push(row);
  }
  return rows;
}
