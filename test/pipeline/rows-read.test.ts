import assert from "node:assert/strict";
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {decodeTable, openStore} from "../../src/pipeline/index.ts";
import type {RunPlan, RunReport} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {bareProject, experimentLoader} from "./small-project.ts";
import type {SmallProject} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const here = {startWorker: startInProcess};
const sections = `import {z} from "zod";
const sections = {sweep: z.strictObject({temperatures: z.array(z.number()), replicas: z.number()}), other: z.strictObject({levels: z.array(z.number())})};`;
const parameters = (section: string) => `parameters: {paper: "small", sections, section: "${section}"},`;
const column = (type: string) => `{type: "${type}", description: "A column", nullable: false}`;
const file = '{"seed": 1, "quick": {"sweep": {"temperatures": [1, 2, 4], "replicas": 2}, "other": {"levels": [5]}}, "full": {}}';

const passages = `${sections}
export default {
  title: "Passages",
  inputs: [],
  ${parameters("sweep")}
  columns: {temperature: ${column("real")}, law: ${column("text")}, x: ${column("integer")}},
  imageSets: () => [],
  run: null,
  experiment: {
    cells: ({temperatures, replicas}) => temperatures.map((temperature) => ({name: "T = " + temperature, reads: {temperature, replicas}})),
    run: ({temperature, replicas}) => Array.from({length: replicas}, (_, x) => ({temperature, law: x % 2 === 0 ? "even" : "odd", x: 10 * temperature + x}))
  }
};
`;
const levels = experimentLoader("parameters.levels.map((level) => ({name: 'level ' + level, reads: {level}}))", "return [{x: reads.level}];", {head: sections, parameters: parameters("other")});

/** Cells that read one temperature each, the odd ones of two, one that is not there, nothing of passages, and all of everything; `x` is every number that a cell was given, in its order. */
const slopeCells = `[
  ...parameters.temperatures.map((temperature) => ({name: "T = " + temperature, reads: {}, rows: [{temperature}, null]})),
  {name: "odd", reads: {}, rows: [{temperature: [1, 4], law: "odd"}, null]},
  {name: "absent", reads: {}, rows: [{temperature: 99}, null]},
  {name: "levels", reads: {}, rows: [null, {}]},
  {name: "all", reads: {}}
]`;
const slopes = experimentLoader(slopeCells, "return inputs.flatMap((rows) => rows.map(({x}) => ({x}))).concat({x: -inputs.length});", {inputs: ["passages", "levels"], head: sections, parameters: parameters("sweep")});
const files = {"data/parameters/small.jsonc": file, "loaders/passages.arrow.ts": passages, "loaders/levels.arrow.ts": levels, "loaders/slopes.arrow.ts": slopes};

const numbersOf = ({manifest}: RunReport): readonly unknown[] => decodeTable(manifestTable(manifest, "slopes"), "slopes").rows.map(({x}) => x);
const edit = (small: SmallProject, from: string, to: string): void => small.write("data/parameters/small.jsonc", file.replace(from, to));

async function planned(small: SmallProject, words?: readonly string[]): Promise<RunPlan> {
  const session = small.session(here);
  const plan = await session.plan(words);
  session.close();
  return plan;
}

const slopesOf = ({tables}: RunPlan) => tables.find(({table}) => table === "slopes")!;

test("a cell is given the rows that it reads, in their order, and no others", async (t) => {
  const small = bareProject(t, files);
  const run = await small.run(undefined, here);
  assert.deepEqual([run.failed, run.lines], [[], []]);
  assert.deepEqual(numbersOf(run), [[10, 11], [20, 21], [40, 41], [11, 41], [], [5], [10, 11, 20, 21, 40, 41, 5]].flatMap((numbers) => [...numbers, -2]));
});

test("a change of one value of a sweep reruns the cells that read its rows, and those that read all", async (t) => {
  const small = bareProject(t, files);
  await small.run(undefined, here);
  const after = async (from: string, to: string) => {
    edit(small, from, to);
    return (await small.run(undefined, here)).cells;
  };
  assert.deepEqual(await after("[1, 2, 4]", "[1, 3, 4]"), ["passages T = 3", "slopes T = 3", "slopes all"]);
  assert.deepEqual(await after("[1, 2, 4]", "[4, 2, 1]"), ["slopes all", "slopes odd"]);
  assert.deepEqual(await after('"replicas": 2', '"replicas": 3'), ["passages T = 1", "passages T = 2", "passages T = 4", "slopes T = 1", "slopes T = 2", "slopes T = 4", "slopes all"]);
  assert.deepEqual(await after("[5]", "[6]"), ["levels level 6", "slopes all", "slopes levels"]);
  assert.deepEqual(await after("", ""), []);
});

test("a plan says of cells whose rows are there what a run does, and of others that they may be computed", async (t) => {
  const small = bareProject(t, files);
  await small.run(undefined, here);
  edit(small, "[1, 2, 4]", "[1, 3, 4]");
  const sweep = slopesOf(await planned(small));
  assert.deepEqual([sweep.status, sweep.waitsFor, sweep.known], ["perhaps", ["passages"], 1]);
  assert.deepEqual(sweep.pieces.map(({cell, isCertain, reasons}) => [cell, isCertain, reasons.map(({text}) => text)]), [
    ...["T = 1", "T = 3", "T = 4", "odd", "absent"].map((cell) => [cell, false, ["the rows of passages that it reads, if they change"]]),
    ["all", false, ["the rows of passages, if they change"]]
  ]);

  await small.run(["passages", "levels"], here);
  const told = slopesOf(await planned(small));
  assert.deepEqual([told.status, told.known], ["computed", 5]);
  assert.deepEqual(told.pieces.map(({cell, isCertain, reasons}) => [cell, isCertain, reasons.map(({text}) => text)]), [
    ["T = 3", true, ['no earlier run had the cell "T = 3"']],
    ["all", true, ["the rows of passages"]]
  ]);
  assert.deepEqual((await small.run(undefined, here)).cells, ["slopes T = 3", "slopes all"]);
  assert.equal(slopesOf(await planned(small)).status, "unchanged");

  edit(small, "[5]", "[6]");
  await small.run(["levels"], here);
  small.write("data/parameters/small.jsonc", file.replace("[5]", "[6]").replace("[1, 2, 4]", "[1, 5]"));
  const {pieces: both, tables} = await planned(small);
  assert.deepEqual(slopesOf({tables} as RunPlan).pieces.filter(({isCertain}) => isCertain).map(({cell}) => cell), ["levels"]);
  assert.deepEqual([both.certain, both.perhaps], [2, 5]);
});

test("rows chosen by a column that an input has not are one error that names table, cell, input and column", async (t) => {
  const small = bareProject(t, {...files, "loaders/slopes.arrow.ts": slopes.replace("{temperature}", "{temprature: temperature}")});
  const {failed, lines, cells} = await small.run(undefined, here);
  assert.deepEqual(failed, ["slopes"]);
  assert.deepEqual(lines, ['table slopes failed: table slopes, cell "T = 1": expected rows of passages chosen by its columns temperature, law, x, found "temprature"']);
  assert.deepEqual(cells, ["levels level 5", "passages T = 1", "passages T = 2", "passages T = 4"]);
});

const rowEntries = (small: SmallProject) => openStore(small.project.storeFolder, () => {}).entries("passages").filter(({note}) => "rows" in note);

test("chosen rows that are damaged or gone are chosen again, and nothing that rests on them is computed again", async (t) => {
  const small = bareProject(t, files);
  const first = await small.run(undefined, here);
  const kept = rowEntries(small);
  assert.deepEqual(kept.map(({note}) => JSON.stringify(note.rows)).sort(), ['{"law":"odd","temperature":[1,4]}', '{"temperature":1}', '{"temperature":2}', '{"temperature":4}', '{"temperature":99}']);
  const pathOf = (digest: string) => join(small.project.storeFolder, "objects", digest.slice(0, 2), digest);
  const damages: readonly ((path: string) => void)[] = [(path) => rmSync(path), (path) => writeFileSync(path, readFileSync(path).map((byte, i) => (i === 99 ? byte ^ 1 : byte)))];
  for (const damage of damages) {
    damage(pathOf(kept[0]!.object));
    const again = await small.run(undefined, here);
    assert.deepEqual([again.cells, again.computed, again.failed, again.lines.length], [[], [], [], 1], again.lines.join("\n"));
    assert.deepEqual(again.manifest.run, first.manifest.run);
    assert.deepEqual((await small.run(undefined, here)).lines, []);
  }
});

test("a kept run keeps the rows that its cells choose from being pruned, and a sample of cells runs from them", async (t) => {
  const small = bareProject(t, files);
  await small.run(undefined, here);
  edit(small, "[1, 2, 4]", "[1, 3, 4]");
  await small.run(undefined, here);
  const store = openStore(small.project.storeFolder, () => {});
  store.prune();
  assert.deepEqual(rowEntries(small).map(({note}) => JSON.stringify(note.rows)).sort(), ['{"law":"odd","temperature":[1,4]}', '{"temperature":1}', '{"temperature":3}', '{"temperature":4}', '{"temperature":99}']);
  const session = small.session(here);
  const again = await session.run();
  assert.deepEqual([again.computed, again.pieces], [[], {computed: 0, known: 11}]);
  const results = await session.rerun({sample: 99, seed: 1, report: () => {}});
  assert.deepEqual([results.length, results.filter(({difference}) => difference !== null)], [11, []]);
});
