import type {LabelledImages} from "../data-sets/index.ts";
import type {Ensembles} from "../kernels/index.ts";
import {createStream} from "../random/index.ts";
import {decodeTable, encodeTable} from "./arrow-table.ts";
import type {Row} from "./columns.ts";
import {imageSetsOf} from "./describe-table.ts";
import type {LoadedTable} from "./describe-table.ts";
import {runExperiment} from "../papers/experiment.ts";
import type {ImageSetName} from "../papers/experiment.ts";
import {readImageSet} from "./image-sets.ts";
import type {Project} from "./project.ts";
import type {Store} from "./store.ts";

/** What the method of a table runs with. */
export interface MethodEffects {
  readonly ensembles: Ensembles;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Runs a table's method and returns its Arrow stream. `inputs` gives the
 * object of each input table; streams are addressed by the experiment's name.
 */
export async function computeTable(project: Project, table: LoadedTable, key: string, inputs: Readonly<Record<string, string>>, store: Store, {ensembles, progress}: MethodEffects): Promise<Uint8Array> {
  const {definition, name, provenance, seed} = table;
  const experiment = provenance.experiment === undefined ? name : `${provenance.paper}.${provenance.experiment}`;
  const imageSets = new Map<ImageSetName, LabelledImages>();
  for (const images of imageSetsOf(table)) imageSets.set(images, await readImageSet(project.root, images));
  const context = {stream: (cell: string, block: number) => createStream({seed, experiment, cell, block}), ensembles, progress};
  const input = <T>(input: string): readonly T[] => {
    const bytes = inputs[input] === undefined ? undefined : store.object(inputs[input]);
    if (bytes === undefined) throw new Error(`table ${name}: its input ${input} is not declared or not in the store`);
    return decodeTable(bytes, `table ${input}`).rows as readonly Row[] as readonly T[];
  };
  const images = (set: ImageSetName): LabelledImages => {
    const images = imageSets.get(set);
    if (images === undefined) throw new Error(`table ${name}: image set ${set} is not declared`);
    return images;
  };
  const rows = definition.experiment !== null
    ? await runExperiment(definition.experiment, table.parameters, {...context, images}, definition.inputs.map((table) => input<Row>(table)))
    : await definition.run!({parameters: table.parameters, context, input, images});
  const inputMetadata = Object.fromEntries(Object.entries(inputs).map(([input, object]) => [`input:${input}`, object]));
  return encodeTable(name, definition.columns, rows, {...provenance, ...inputMetadata, key});
}
