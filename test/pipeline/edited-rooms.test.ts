import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {cpSync, readFileSync, symlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {describeProject} from "../../src/pipeline/describe/index.ts";
import type {ProjectDescription, TableDescription} from "../../src/pipeline/describe/index.ts";
import {openProject} from "../../src/pipeline/index.ts";
import type {PlannedTable} from "../../src/pipeline/index.ts";
import {planRun} from "../../src/pipeline/run/plan-run.ts";
import {rowsRead} from "../../src/pipeline/run/input-rows.ts";
import {withInputs} from "../../src/pipeline/run/select-tables.ts";
import {assembledKey, piecesOf} from "../../src/pipeline/run/table-lookup.ts";
import type {Entry, Store} from "../../src/pipeline/store/index.ts";
import {checkout, temporaryFolder} from "./small-project.ts";

const namesOf = (description: ProjectDescription): readonly string[] => withInputs(Object.keys(description.tables), description);
const tableOf = ({tables}: ProjectDescription, name: string): TableDescription => tables[name] as TableDescription;
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What the store would hold after a run of everything, in memory. */
function storeAfter(description: ProjectDescription): Store {
  const entries = new Map<string, Entry>();
  const add = (table: string, key: string, range: Entry["range"], note: Entry["note"]): Entry => {
    const entry: Entry = {version: 2, table, key, range, object: digest(`${key} ${JSON.stringify(range)}`), bytes: 1, seconds: 1, note, check: ""};
    entries.set(`${table} ${key} ${JSON.stringify(range)}`, entry);
    return entry;
  };
  const contents: Record<string, string> = {};
  for (const name of namesOf(description)) {
    const table = tableOf(description, name);
    const all = Object.fromEntries(table.inputs.map((input) => [input, contents[input]!]));
    const whole = {contents: all, objects: all};
    const pieces = piecesOf(table, (cell) => rowsRead(cell, table.inputs, whole, ({input, key}) => add(input, key, null, {}).object), {find: () => undefined, ranges: () => []}, (_cell, gap) => gap.count);
    const cells = pieces.map(({cell, key, range, inputs}) => add(name, key, range, {cell: cell.name, basis: table.basis, reads: cell.reads, data: cell.data, inputs: inputs.contents}));
    const key = assembledKey(table, all, cells);
    contents[name] = digest(key);
    add(name, key, null, {content: contents[name]});
  }
  const of = (table: string): readonly Entry[] => [...entries.values()].filter((entry) => entry.table === table);
  const store: Pick<Store, "find" | "ranges" | "entries"> = {
    find: (table, key, range) => entries.get(`${table} ${key} ${JSON.stringify(range)}`),
    ranges: (table, key) => of(table).filter((entry) => entry.key === key && entry.range !== null),
    entries: of
  };
  return store as Store;
}

const certainOf = ({pieces}: PlannedTable) => pieces.filter(({isCertain}) => isCertain);
const reasonsOf = (pieces: PlannedTable["pieces"]): readonly string[] => [...new Set(pieces.map(({reasons}) => reasons.map(({text}) => text).join("; ")))];
const named = (tables: readonly {readonly table: string}[]): readonly string[] => tables.map(({table}) => table);

test("an edit of the random numbers reruns every cell of every experiment, one of the kernels those that reach them, and neither a derived table alone", async (t) => {
  const root = temporaryFolder(t);
  for (const part of ["src", "loaders", "data/parameters", "package.json", "package-lock.json"]) cpSync(join(checkout, part), join(root, part), {recursive: true});
  for (const part of ["node_modules", "data/digits"]) symlinkSync(join(checkout, part), join(root, part));
  const described = async (): Promise<ProjectDescription> => {
    const description = await describeProject(openProject(root));
    for (const [name, table] of Object.entries(description.tables)) assert.ok("cells" in table, `${name}: ${JSON.stringify(table)}`);
    return description;
  };
  const first = await described();
  const store = storeAfter(first);
  const plan = (description: ProjectDescription) => planRun(description, namesOf(description), {store, source: (digest) => description.sources[digest] ?? first.sources[digest], preset: "quick", latest: undefined, workers: 1});
  const edited = async (path: string, from: string, to: string): Promise<ProjectDescription> => {
    const before = readFileSync(join(root, path), "utf8");
    assert.ok(before.includes(from), `${path} has ${from}`);
    writeFileSync(join(root, path), before.replace(from, to));
    const description = await described();
    writeFileSync(join(root, path), before);
    return description;
  };
  const changedBasis = (after: ProjectDescription): readonly string[] => namesOf(first).filter((name) => JSON.stringify(tableOf(first, name).basis) !== JSON.stringify(tableOf(after, name).basis));
  const experiments = namesOf(first).filter((name) => tableOf(first, name).kind === "experiment");

  assert.deepEqual([...new Set(plan(first).tables.map(({status}) => status))], ["unchanged"]);

  const random = await edited("src/random/generator.ts", "x = 2 * uniform() - 1;", "x = 1 - 2 * uniform();");
  assert.deepEqual(changedBasis(random), experiments);
  for (const planned of plan(random).tables) {
    const {table, kind, status, waitsFor, known, pieces} = planned;
    const {inputs, cells} = tableOf(random, table);
    const waits = inputs.some((input) => waitsFor.includes(input));
    assert.equal(status, kind === "experiment" ? "computed" : waits ? "perhaps" : "unchanged", table);
    if (status !== "computed") continue;
    assert.deepEqual([known, new Set(certainOf(planned).map(({cell}) => cell)).size, pieces.length], [0, cells.length, certainOf(planned).length], table);
    assert.deepEqual(reasonsOf(pieces), ["src/random/generator.ts, which draws its random numbers"], table);
  }

  const kernels = await edited("src/kernels/memory-layout.ts", "const alignment = 64;", "const alignment = 128;");
  const reached = changedBasis(kernels);
  assert.deepEqual(reached.filter((name) => !experiments.includes(name)), []);
  const ensembles = ["averaging-toy-runs", "escape-loss-passages", "flows-coupled-paths", "flows-mean-field-network", "geometry-escape-paths", "joint-dynamics-paths", "tails-divergence", "tails-stationary-law"];
  const others = ["averaging-network-dense", "escape-training-images", "flows-weak-errors", "geometry-alignment-draws", "geometry-training-dense", "tails-finite-laws", "joint-step-limit"];
  assert.deepEqual([ensembles.filter((name) => !reached.includes(name)), others.filter((name) => reached.includes(name))], [[], []]);
  const {tables} = plan(kernels);
  assert.deepEqual(named(tables.filter(({table, status}) => status === "computed" && !reached.includes(table))), []);
  assert.deepEqual(named(tables.filter(({table, status, waitsFor}) => reached.includes(table) && status !== "computed" && waitsFor.length === 0)), []);
  assert.deepEqual([...new Set(tables.filter(({status}) => status === "computed").flatMap((planned) => reasonsOf(certainOf(planned))))], ["src/kernels/memory-layout.ts, which runs its ensembles"]);
});
