import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {join, relative} from "node:path";
import {pathToFileURL} from "node:url";
import {isDeepStrictEqual} from "node:util";
import type {Cell} from "../../papers/experiment.ts";
import {encodingVersion} from "../arrow-table.ts";
import type {Columns} from "../columns.ts";
import {imageSetDigests} from "../image-sets.ts";
import {ParameterError} from "../parameter-faults.ts";
import {resolveParameters} from "../parameters.ts";
import type {ResolvedParameters} from "../parameters.ts";
import {listTables, loaderPath, readParameterFile} from "../project.ts";
import type {Project} from "../project.ts";
import {sortKeys} from "../sort-keys.ts";
import type {TableDefinition} from "../table-definition.ts";
import {checkRows} from "./check-rows.ts";
import {errorText} from "./error-text.ts";
import {reachesRoom, sourceRecords} from "./source-records.ts";
import type {SourceEntry, SourceRecord} from "./source-records.ts";
import {codeFingerprint} from "./fingerprint.ts";
import type {CellDescription, FailedDescription, ProjectDescription, TableDescription} from "./table-description.ts";

type Exports = Readonly<Record<string, unknown>>;

/** Modules by their path: asking for one again costs as much as finding it. */
const imported = new Map<string, Exports>();

async function importModule(path: string): Promise<Exports> {
  const exports = imported.get(path) ?? ((await import(pathToFileURL(path).href)) as Exports);
  imported.set(path, exports);
  return exports;
}

/** Imports the loader of table `name` and checks that it defines a table. */
export async function importDefinition(project: Project, name: string): Promise<TableDefinition> {
  const module = (await importModule(loaderPath(project, name))) as {default?: Partial<TableDefinition>};
  const {experiment = null, run = null} = module.default ?? {};
  if ((experiment === null) === (run === null)) throw new TypeError(`loader ${name}: expected a default export made by defineTable or defineExperimentTable`);
  return module.default as TableDefinition;
}

/** Where the code of a table's cells begins: its experiment alone where its paper, or what readers can run, exports that; else its loader. */
async function sourceEntry(project: Project, name: string, {experiment, parameters}: TableDefinition): Promise<SourceEntry> {
  const loader = {module: relative(project.root, loaderPath(project, name)), exported: "default"};
  const module = parameters === null ? join("src", "live", "index.ts") : join("src", "papers", parameters.paper, "index.ts");
  if (experiment === null || !existsSync(join(project.root, module))) return loader;
  const exports = await importModule(join(project.root, module));
  const exported = Object.keys(exports).find((key) => exports[key] === experiment);
  return exported === undefined ? loader : {module, exported};
}

function checkCells(table: string, cells: readonly Cell<unknown>[]): void {
  if (cells.length === 0) throw new RangeError(`table ${table}: expected at least one cell, found none`);
  const names = new Set<string>();
  for (const {name, reads, replicas} of cells) {
    if (names.has(name)) throw new RangeError(`table ${table}: expected cells with different names, found ${JSON.stringify(name)} twice`);
    names.add(name);
    if (JSON.stringify(sortKeys(JSON.parse(JSON.stringify(reads)))) !== JSON.stringify(sortKeys(reads)) || !isPlain(reads))
      throw new RangeError(`table ${table}, cell ${JSON.stringify(name)}: expected parameters that are plain JSON, found ${JSON.stringify(reads)}`);
    if (replicas !== undefined && !(Number.isSafeInteger(replicas) && replicas > 0)) throw new RangeError(`table ${table}, cell ${JSON.stringify(name)}: expected a number of replicas above 0, found ${replicas}`);
  }
}

/** Whether JSON keeps a value as it is. */
function isPlain(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
}

interface DeclaredCells {
  readonly parameters: unknown;
  readonly cells: readonly Cell<unknown>[];
}

/** The cells that an experiment last declared, for a process that describes it again and again. */
const declaredBy = new WeakMap<TableDefinition, DeclaredCells>();

function cellsOf({name, definition, parameters}: Loaded): readonly Cell<unknown>[] {
  const {experiment, title} = definition;
  const known = declaredBy.get(definition);
  if (known !== undefined && isDeepStrictEqual(known.parameters, parameters)) return known.cells;
  const cells = experiment === null ? [{name: title, reads: parameters}] : experiment.cells(parameters);
  checkCells(name, cells);
  declaredBy.set(definition, {parameters, cells});
  return cells;
}

const columnTypes = (columns: Columns): string => JSON.stringify(Object.entries(columns).map(([name, {type, nullable}]) => [name, type, nullable]));

interface Loaded {
  readonly name: string;
  readonly definition: TableDefinition;
  readonly parameters: unknown;
  readonly seed: number;
  readonly entry: SourceEntry;
}

type SourceRecords = ReadonlyMap<string, SourceRecord | {readonly error: string}>;

/** Source records by the fingerprint of the code, for a process that describes one project again and again. */
const known = new Map<string, SourceRecords>();

/**
 * Describes every table of a project: its cells with what each reads, and what
 * decides their rows besides. Runs no experiment.
 * @param broken tables whose loaders are not imported, each with why
 * @param begins called before a loader is imported, which may end the process
 */
export async function describeProject(project: Project, broken: Readonly<Record<string, string>> = {}, begins: (table: string) => void = () => {}): Promise<ProjectDescription> {
  const code = codeFingerprint(project);
  const parameters: Record<string, ResolvedParameters> = {};
  const tables: Record<string, TableDescription | FailedDescription> = {};
  const loaded: Loaded[] = [];
  for (const name of listTables(project)) {
    const source: {paper: string | null; section: string | null} = {paper: null, section: null};
    try {
      if (Object.hasOwn(broken, name)) throw new RangeError(broken[name]);
      begins(name);
      const definition = await importDefinition(project, name);
      Object.assign(source, definition.parameters && {paper: definition.parameters.paper, section: definition.parameters.section});
      loaded.push(await load(project, name, definition, parameters));
    } catch (error) {
      tables[name] = {...source, error: errorText(error), isInput: error instanceof ParameterError};
    }
  }
  const earlier = known.get(code) ?? new Map();
  const others = loaded.filter(({entry}) => !earlier.has(entryName(entry)));
  const records: Awaited<ReturnType<typeof recordsOf>> = others.length === 0 ? earlier : new Map([...earlier, ...(await recordsOf(project.root, others))]);
  known.clear();
  known.set(code, records);
  const sources: Record<string, SourceRecord> = {};
  const columnsOf = (table: string): Columns | undefined => loaded.find(({name}) => name === table)?.definition.columns;
  for (const room of givenRooms) {
    const given = records.get(room);
    if (given !== undefined && "digest" in given) sources[given.digest] = given;
  }
  for (const table of loaded) {
    try {
      const record = records.get(entryName(table.entry))!;
      if ("error" in record) throw new RangeError(record.error);
      sources[record.digest] = record;
      tables[table.name] = await describe(project, table, record, records, columnsOf);
    } catch (error) {
      const {paper = null, section = null} = table.definition.parameters ?? {};
      tables[table.name] = {paper, section, error: errorText(error), isInput: error instanceof ParameterError};
    }
  }
  return {code, tables: Object.fromEntries(Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1))), parameters, sources};
}

const entryName = ({module, exported}: SourceEntry): string => createHash("sha256").update(`${module} ${exported}`).digest("hex").slice(0, 24);
/** Rooms whose code experiments are given rather than import: what draws their random numbers and what runs their ensembles. */
const givenRooms = ["random", "kernels"] as const;

function recordsOf(root: string, loaded: readonly Loaded[]): Promise<SourceRecords> {
  const given = givenRooms.map((room) => [room, {module: join("src", room, "index.ts"), exported: "*"}] as const);
  return sourceRecords(root, new Map([...loaded.map(({entry}) => [entryName(entry), entry] as const), ...given]));
}

async function load(project: Project, name: string, definition: TableDefinition, parametersOf: Record<string, ResolvedParameters>): Promise<Loaded> {
  const entry = await sourceEntry(project, name, definition);
  if (definition.parameters === null) return {name, definition, parameters: {}, seed: 0, entry};
  const {paper, sections, section, reads} = definition.parameters;
  const {file, text} = readParameterFile(project, paper);
  const resolved = (parametersOf[paper] ??= resolveParameters(text, file, sections, project.preset, project.settings.filter((setting) => setting.paper === paper)));
  const whole = resolved.sections[section] as Readonly<Record<string, unknown>>;
  const parameters = reads === undefined ? whole : Object.fromEntries(reads.map((key) => [key, whole[key]]));
  return {name, definition, parameters, seed: resolved.seed, entry};
}

async function describe(project: Project, loaded: Loaded, source: SourceRecord, records: SourceRecords, columnsOf: (table: string) => Columns | undefined): Promise<TableDescription> {
  const {name, definition, parameters, seed} = loaded;
  const {experiment, title, columns, inputs} = definition;
  const {paper = null, section = null} = definition.parameters ?? {};
  const basis: Record<string, string> = {
    source: source.digest,
    packages: JSON.stringify(source.packages),
    engine: `V8 ${process.versions.v8.split(".").slice(0, 2).join(".")}`,
    columns: columnTypes(columns),
    encoding: encodingVersion
  };
  if (reachesRoom(source, "tensors")) {
    const {tensorLibrary} = await import("../../tensors/index.ts");
    basis.tensorLibrary = JSON.stringify(sortKeys(tensorLibrary()));
  }
  if (experiment !== null) {
    Object.assign(basis, {experiment: experimentName(name, paper, section), seed: String(seed)});
    for (const room of givenRooms) {
      const given = records.get(room);
      if (given !== undefined && "digest" in given && (room === "random" || reachesRoom(source, room))) basis[room] = `${given.digest} ${JSON.stringify(given.packages)}`;
    }
  }
  const declared = cellsOf(loaded);
  checkRows(name, declared, inputs, columnsOf);
  const cells = declared.map(({name, reads, replicas, imageSets = [], rows}: Cell<unknown>): CellDescription => ({
    name,
    reads,
    replicas: replicas ?? null,
    imageSets,
    rows: rows ?? null,
    data: Object.assign({}, ...imageSets.map((set) => imageSetDigests(project.root, set)))
  }));
  const provenance: Record<string, string> = {...basis, table: name, title, source: source.digest};
  delete provenance.columns;
  for (const {data} of cells) Object.assign(provenance, data);
  if (paper !== null) Object.assign(provenance, {paper, experiment: section, seed: String(seed), parameters: JSON.stringify(sortKeys(parameters))});
  return {name, title, kind: experiment === null ? "derived" : "experiment", inputs, columns, basis, cells, paper, section, seed, provenance};
}

/** The name by which an experiment's random streams are addressed. */
export const experimentName = (table: string, paper: string | null, section: string | null): string => (paper === null ? table : `${paper}.${section}`);
