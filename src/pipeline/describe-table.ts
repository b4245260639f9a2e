import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {ImageSetName} from "../papers/experiment.ts";
import {imageSetDigests} from "./image-sets.ts";
import {resolveParameters} from "./parameters.ts";
import {loaderPath, readParameterFile} from "./project.ts";
import type {Project} from "./project.ts";
import {hashSource} from "./source-hash.ts";
import {sortKeys} from "./table-key.ts";
import type {TableDescription} from "./table-key.ts";
import type {TableDefinition} from "./table-definition.ts";

/** A description with what is needed to compute the table. */
export interface LoadedTable extends TableDescription {
  readonly definition: TableDefinition;
  readonly seed: number;
  readonly parameters: unknown;
}

/** Imports the loader of table `name` and checks that it defines a table. */
export async function importDefinition(project: Project, name: string): Promise<TableDefinition> {
  const path = loaderPath(project, name);
  const module = (await import(pathToFileURL(path).href)) as {default?: TableDefinition};
  if (module.default === undefined || (module.default.run ?? null) === (module.default.experiment ?? null)) throw new TypeError(`loader ${name}: expected a default export made by defineTable`);
  return module.default;
}

/** The image sets that a table reads, in any of its cells. */
export function imageSetsOf({definition, parameters}: Pick<LoadedTable, "definition" | "parameters">): readonly ImageSetName[] {
  const ofCells = definition.experiment?.cells(parameters).flatMap(({imageSets = []}) => imageSets) ?? [];
  return [...new Set([...definition.imageSets(parameters), ...ofCells])].sort();
}

/**
 * Loads the table `name`: its definition, its validated parameters, and the
 * provenance that decides whether it must be computed again: parameters that
 * it reads, seed, source of every module it reaches, versions of the packages
 * it imports, the tensor library where it is used, the source of what runs
 * ensembles where it has one, the data files it reads, and the JavaScript
 * engine, whose logarithms and exponentials differ between versions in the last
 * bit.
 */
export async function loadTable(project: Project, name: string): Promise<LoadedTable> {
  const definition = await importDefinition(project, name);
  const source = await hashSource(project.root, loaderPath(project, name));
  const provenance: Record<string, string> = {
    table: name,
    title: definition.title,
    source: source.digest,
    packages: JSON.stringify(source.packages),
    engine: `V8 ${process.versions.v8.split(".").slice(0, 2).join(".")}`
  };
  let seed = 0;
  let parameters: unknown = {};
  if (definition.parameters !== null) {
    const {paper, sections, section} = definition.parameters;
    const {file, text} = readParameterFile(project, paper);
    const resolved = resolveParameters(text, file, sections, project.preset);
    seed = resolved.seed;
    const {reads} = definition.parameters;
    const whole = resolved.sections[section] as Readonly<Record<string, unknown>>;
    parameters = reads === undefined ? whole : Object.fromEntries(reads.map((name) => [name, whole[name]]));
    Object.assign(provenance, {paper, experiment: section, seed: String(seed), parameters: JSON.stringify(sortKeys(parameters))});
  }
  if (source.usesTensors) {
    const {tensorLibrary} = await import("../tensors/index.ts");
    provenance.tensorLibrary = JSON.stringify(sortKeys(tensorLibrary()));
  }
  if (source.usesKernels) provenance.kernels = (await hashSource(project.root, join(project.root, "src", "kernels", "index.ts"))).digest;
  const loaded = {name, inputs: definition.inputs, provenance, definition, seed, parameters};
  for (const images of imageSetsOf(loaded)) Object.assign(provenance, imageSetDigests(project.root, images));
  return loaded;
}
