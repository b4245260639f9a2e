import assert from "node:assert/strict";
import {cpSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {decodeTable, openStore} from "../../src/pipeline/index.ts";
import type {Store} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {bareProject, derivedLoader, experimentLoader} from "./small-project.ts";
import type {SmallProject, TalkedRun} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const here = {startWorker: startInProcess};
const published = ({manifest}: Pick<TalkedRun, "manifest">) => manifest.run.tables;

interface Stored {
  /** Paths of the objects and entries of the cell, of the assembled table and of another table. */
  readonly cell: {readonly object: string; readonly entry: string};
  readonly table: {readonly object: string; readonly entry: string; readonly csv: string};
  readonly other: {readonly object: string; readonly entry: string};
}

function stored({project: {storeFolder}}: SmallProject, run: TalkedRun): Stored {
  const store = openStore(storeFolder, assert.fail);
  const object = (digest: string) => join(storeFolder, "objects", digest.slice(0, 2), digest);
  const entries = store.entries("numbers");
  const paths = (entry: (typeof entries)[number]) => ({object: object(entry.object), entry: join(storeFolder, "index", entry.table, `${entry.key}.json`)});
  const ofTable = published(run).numbers as {readonly object: string; readonly csv: string};
  const assembled = entries.find((entry) => entry.object === ofTable.object)!;
  return {
    cell: paths(entries.find(({note}) => note.cell === "two")!),
    table: {...paths(assembled), csv: object(ofTable.csv)},
    other: paths(store.entries("other").find(({note}) => note.cell !== undefined)!)
  };
}

const flip = (path: string): void => {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 16;
  writeFileSync(path, bytes);
};
const cut = (path: string): void => writeFileSync(path, readFileSync(path).subarray(0, 100));

const damages: readonly (readonly [what: string, damage: (paths: Stored) => void, cells: readonly string[]])[] = [
  ["a bit of a published table", ({table}) => flip(table.object), []],
  ["the end of a published table", ({table}) => cut(table.object), []],
  ["a published table that is gone", ({table}) => rmSync(table.object), []],
  ["a bit of a CSV", ({table}) => flip(table.csv), []],
  ["an entry of garbage", ({table}) => writeFileSync(table.entry, "garbage"), []],
  ["a cell that is cut", ({cell}) => cut(cell.object), ["numbers two"]],
  ["a cell that is gone", ({cell}) => rmSync(cell.object), ["numbers two"]],
  ["a cell whose entry is {}", ({cell}) => writeFileSync(cell.entry, "{}"), ["numbers two"]],
  ["a cell whose entry is empty", ({cell}) => writeFileSync(cell.entry, ""), ["numbers two"]],
  ["a cell whose entry is of another version", ({cell}) => writeFileSync(cell.entry, readFileSync(cell.entry, "utf8").replace('"version":2', '"version":1')), ["numbers two"]],
  ["a cell whose entry is another table's", ({cell, other}) => cpSync(other.entry, cell.entry), ["numbers two"]]
];

test("what is damaged is computed once more with one warning, and the run ends as if it had not been", async (t) => {
  const small = bareProject(t, {
    "loaders/numbers.arrow.ts": experimentLoader('["one", "two"].map((name, i) => ({name, reads: {i}}))', "return Array.from({length: 20}, (_, j) => ({x: reads.i + j / 7}));"),
    "loaders/other.arrow.ts": derivedLoader("return [{x: 9}];")
  });
  const first = await small.run(undefined, here);
  for (const [what, damage, cells] of damages) {
    damage(stored(small, first));
    const run = await small.run(undefined, here);
    assert.deepEqual([run.cells, run.failed, run.lines.length], [cells, [], 1], `${what}: ${run.lines.join("; ")}`);
    assert.deepEqual(published(run), published(first), what);
    assert.deepEqual([(await small.run(undefined, here)).lines], [[]], what);
  }
});

test("a cell and its table damaged in the same run are both made again", async (t) => {
  const small = bareProject(t, {
    "loaders/numbers.arrow.ts": experimentLoader('["one", "two"].map((name, i) => ({name, reads: {i}}))', "return [{x: reads.i}];"),
    "loaders/other.arrow.ts": derivedLoader("return [{x: 9}];")
  });
  const first = await small.run(undefined, here);
  const {cell, table} = stored(small, first);
  flip(cell.object);
  flip(table.object);
  const run = await small.run(undefined, here);
  assert.deepEqual([run.cells, run.failed, published(run)], [["numbers two"], [], published(first)]);
  assert.equal(run.lines.length, 2);
});

for (const [what, damage, found] of [
  ["damaged", flip, "was damaged and is set aside in quarantine"],
  ["gone", rmSync, "is gone"]
] as const)
  test(`a cell that is ${what} when its table is put together is computed once more, with one line that says so, and the run goes on`, async (t) => {
    const small = bareProject(t, {
      "loaders/numbers.arrow.ts": experimentLoader('["one", "two"].map((name, i) => ({name, reads: {i}}))', "return [{x: reads.i + 0.5}];"),
      "loaders/sum.arrow.ts": derivedLoader('return [{x: input("numbers").reduce((sum, {x}) => sum + x, 0)}];', {inputs: ["numbers"]})
    });
    const objects = join(small.project.storeFolder, "objects");
    const lost: string[] = [];
    const startWorker = () => {
      const worker = startInProcess();
      return {
        ...worker,
        ask: (...asked: Parameters<typeof worker.ask>) => {
          const [request] = asked;
          if (request.kind === "assemble" && request.table.name === "numbers" && lost.length === 0) {
            lost.push(request.cells[1]!);
            damage(join(objects, lost[0]!.slice(0, 2), lost[0]!));
          }
          return worker.ask(...asked);
        }
      };
    };
    const run = await small.run(undefined, {startWorker});
    assert.deepEqual(run.lines, [`the stored object ${lost[0]!.slice(0, 12)} of numbers ${found}; it is computed again`]);
    assert.deepEqual([run.failed, run.cells.filter((cell) => cell === "numbers two").length], [[], 2]);
    assert.deepEqual(decodeTable(manifestTable(run.manifest, "sum"), "sum").rows, [{x: 2}]);
    assert.deepEqual((await small.run(undefined, here)).lines, []);
  });

/** The object of the only cell. */
function cellObject({project: {storeFolder}}: SmallProject): string {
  const entry = openStore(storeFolder, assert.fail).entries("counts").find(({note}) => note.cell !== undefined)!;
  return join(storeFolder, "objects", entry.object.slice(0, 2), entry.object);
}

/** A store that has not seen the entries of cells when it is first asked for them. */
const forgetful = (folder: string, warn: (line: string) => void): Store => {
  const store = openStore(folder, warn);
  return {...store, find: (table, key, range) => (store.find(table, key, range)?.note.cell === undefined ? store.find(table, key, range) : undefined)};
};

test("the same key with other rows is an error that names the first differing row and column; the kept rows stay", async (t) => {
  const small = bareProject(t, {
    "loaders/counts.arrow.ts": experimentLoader('[{name: "drifting", reads: {rate: 0.5}}]', 'const count = Number(readFileSync(join(import.meta.dirname, "..", "count"), "utf8")); return [{x: 1}, {x: 2}, {x: count}];', {head: 'import {readFileSync} from "node:fs";\nimport {join} from "node:path";'}),
    count: "3"
  });
  const first = await small.run(undefined, here);
  small.write("count", "4");
  const second = await small.run(undefined, {...here, openStore: forgetful});
  const difference = "row 2, column x: 3 is kept, 4 was computed";
  assert.deepEqual(published(second), {counts: {error: `cell "drifting": table counts, cell drifting: the same parameters, seed and code gave other rows. R${difference.slice(1)}; the kept rows stay\n    parameters: none, seed 0`}});
  const third = await small.run(undefined, here);
  assert.deepEqual([third.kept, published(third)], [["counts"], published(first)]);

  const session = small.session(here);
  const [found] = await session.rerun({sample: 5, seed: 1, report: () => {}});
  assert.deepEqual([found?.table, found?.cell, found?.difference], ["counts", "drifting", difference]);
  small.write("count", "3");
  assert.deepEqual((await session.rerun({sample: 5, seed: 1, report: () => {}})).map((cell) => cell.difference), [null]);

  rmSync(cellObject(small));
  small.write("count", "4");
  const lost = await small.run(undefined, here);
  assert.match((published(lost).counts as {error: string}).error, /: the same parameters, seed and code gave other rows\. The rows that were kept are lost, and the ones computed again are others; run again to keep the new ones\n/);
  const renewed = await small.run(undefined, here);
  assert.deepEqual([renewed.failed, renewed.cells], [[], ["counts drifting"]]);
});
