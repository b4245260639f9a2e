import type {LabelledImages} from "../../data-sets/index.ts";
import type {Ensembles} from "../../kernels/index.ts";
import type {ImageSetName, ReplicaRange} from "../../papers/experiment.ts";
import {createStream} from "../../random/index.ts";
import {decodeTable, encodeRows} from "../arrow-table.ts";
import type {Row} from "../columns.ts";
import {experimentName} from "../describe/index.ts";
import type {CellDescription, TableDescription} from "../describe/index.ts";
import {readImageSet} from "../image-sets.ts";
import type {TableDefinition} from "../table-definition.ts";

/** What one piece of work is: a cell, or a range of its replicas, with the objects of the rows that it reads of its table's inputs. */
export interface CellWork {
  readonly table: Pick<TableDescription, "name" | "inputs" | "paper" | "section" | "seed">;
  readonly cell: CellDescription;
  readonly range: ReplicaRange | null;
  /** Objects of the rows of inputs, by the inputs' names. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** What a cell is computed with. */
export interface CellEffects {
  readonly root: string;
  readonly ensembles: Ensembles;
  readonly progress: (done: number, total: number) => void;
  /** The verified bytes of an object of the store, or undefined. */
  readonly object: (digest: string) => Uint8Array | undefined;
  /** Called when all that the cell reads is at hand and its work begins. */
  readonly begins?: () => void;
}

/** Computes the rows of a cell, or of a range of its replicas, as an Arrow stream without any metadata. */
export async function computeCell(definition: TableDefinition, {table, cell, range, inputs}: CellWork, {root, ensembles, progress, object, begins}: CellEffects): Promise<Uint8Array> {
  const {name, paper, section, seed} = table;
  const imageSets = new Map<ImageSetName, LabelledImages>();
  for (const set of cell.imageSets) imageSets.set(set, await readImageSet(root, set));
  const rowsOf = <T>(input: string): readonly T[] => {
    const bytes = inputs[input] === undefined ? undefined : object(inputs[input]);
    if (bytes === undefined) throw new Error(`table ${name}: its input ${input} is not declared or not in the store`);
    return decodeTable(bytes, `table ${input}`).rows as readonly Row[] as readonly T[];
  };
  const images = (set: ImageSetName): LabelledImages => {
    const found = imageSets.get(set);
    if (found === undefined) throw new Error(`table ${name}, cell ${JSON.stringify(cell.name)}: image set ${set} is not declared`);
    return found;
  };
  begins?.();
  const experiment = experimentName(name, paper, section);
  const context = {stream: (cell: string, block: number) => createStream({seed, experiment, cell, block}), ensembles, progress, images, replicas: range ?? {first: 0, count: 0}};
  const rows =
    definition.experiment === null
      ? await definition.run!({parameters: cell.reads, input: rowsOf})
      : await definition.experiment.run(cell.reads, context, table.inputs.map((input, i) => (cell.rows?.[i] === null ? [] : rowsOf<Row>(input))));
  return encodeRows(name, definition.columns, rows);
}
