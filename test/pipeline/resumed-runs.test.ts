import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {pathToFileURL} from "node:url";
import {InterruptedError, decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {createStream} from "../../src/random/index.ts";
import {bareProject, checkout, derivedLoader, experimentLoader} from "./small-project.ts";
import type {SmallProject, TalkedRun} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const kernels = pathToFileURL(join(checkout, "src", "kernels", "index.ts")).href;
const head = `import {z} from "zod";
import {add, defineDynamics, mul} from ${JSON.stringify(kernels)};
const sections = {walk: z.strictObject({replicas: z.number(), rates: z.array(z.number())})};
const walker = defineDynamics({name: "walk", parameters: {rate: []}, state: {x: []}, step: ({x}, {parameters: {rate}, normal}) => ({x: add(mul(rate, x), normal())})});`;
const cells = "parameters.rates.map((rate) => ({name: `rate ${rate}`, reads: {rate}, replicas: parameters.replicas}))";
const body = `const key = context.stream("rate " + reads.rate, 0).ensembleKey();
  const {state} = await context.ensembles.simulate(walker, {parameters: {rate: reads.rate}, key, replicas: context.replicas, steps: 9});
  return Array.from(state.x, (x) => ({x}));`;

const file = (replicas: number, rates: readonly number[] = [0.5]): string => JSON.stringify({seed: 3, quick: {walk: {replicas, rates}}, full: {}});

/** A project of cells that the engine runs, and their mean. */
function walks(t: TestContext, replicas = 200): SmallProject {
  return bareProject(t, {
    "loaders/walk.arrow.ts": experimentLoader(cells, body, {head, parameters: 'parameters: {paper: "small", sections, section: "walk"},'}),
    "loaders/mean.arrow.ts": derivedLoader('const rows = input("walk"); return [{x: rows.reduce((sum, {x}) => sum + x, 0) / rows.length}];', {inputs: ["walk"]}),
    "data/parameters/small.jsonc": file(replicas)
  });
}

const here = {startWorker: startInProcess};
const published = ({manifest}: Pick<TalkedRun, "manifest">) => manifest.run.tables;

test("ranges of any size on any number of workers give the same bytes; more replicas run only the new ones, fewer none that fit", async (t) => {
  const small = walks(t);
  const whole = await small.run(undefined, {...here, rangeSize: () => Infinity});
  assert.deepEqual(whole.lines, []);
  assert.deepEqual(whole.cells, ["mean Numbers", "walk rate 0.5 0–199"]);
  const values = decodeTable(manifestTable(whole.manifest, "walk"), "walk").rows.map(({x}) => x);
  assert.equal(new Set(values).size, 200);
  for (const workers of [1, 2, 4])
    for (const size of [1, 7, 50, 200]) {
      if (size === 1 && workers !== 2) continue;
      const run = await small.run(undefined, {...here, workers, rangeSize: () => size}, {storeFolder: join(small.root, `store-${workers}-${size}`)});
      assert.deepEqual([published(run), run.pieces.computed], [published(whole), Math.ceil(200 / size)], `${workers} workers, ${size} replicas`);
    }

  small.write("data/parameters/small.jsonc", file(400));
  const more = await small.run(undefined, {...here, rangeSize: () => 150});
  assert.deepEqual(more.cells, ["mean Numbers", "walk rate 0.5 200–349", "walk rate 0.5 350–399"]);
  const fresh = await small.run(undefined, here, {storeFolder: join(small.root, "store-400")});
  assert.deepEqual(published(more), published(fresh));
  assert.deepEqual(decodeTable(manifestTable(more.manifest, "walk"), "walk").rows.slice(0, 200).map(({x}) => x), values.slice(0, 200));

  small.write("data/parameters/small.jsonc", file(350, [0.5, 0.7]));
  const other = await small.run(undefined, {...here, rangeSize: () => Infinity});
  assert.deepEqual(other.cells, ["mean Numbers", "walk rate 0.7 0–349"]);
  small.write("data/parameters/small.jsonc", file(200));
  const back = await small.run(undefined, here);
  assert.deepEqual([back.cells, published(back)], [[], published(whole)]);
});

test("runs interrupted at random points, again and again, end with the bytes of one that was not", async (t) => {
  const whole = await walks(t).run(undefined, {...here, rangeSize: () => 5});
  const small = walks(t);
  const random = createStream({seed: 11, experiment: "interruptions", cell: "when", block: 0}).generator("moment");
  let computed = 0;
  let interruptions = 0;
  while (interruptions < 10) {
    let left = Math.floor(random.uniform() * 4);
    let ended = 0;
    const session = small.session({
      ...here,
      workers: 1 + (interruptions % 3),
      rangeSize: () => 5,
      report(event) {
        if (event.kind === "ended" && event.outcome === "computed") ended++;
        if (event.kind === "started" && left-- === 0) session.interrupt();
      }
    });
    const run = await session.run().catch((error: unknown) => error);
    session.close();
    computed += ended;
    if (!(run instanceof InterruptedError)) break;
    assert.equal(run.message, "interrupted: what is finished is kept; the same command goes on from there");
    interruptions++;
  }
  assert.equal(interruptions, 10);
  const last = await small.run(undefined, {...here, rangeSize: () => 5});
  assert.deepEqual(published(last), published(whole));
  assert.ok(last.cells.length > 0 && last.cells.length + computed <= whole.cells.length, `${last.cells.length} and ${computed} of ${whole.cells.length}`);
});

test("a session that was interrupted runs on at once, with nothing of the earlier run in it", async (t) => {
  const small = walks(t);
  let interrupt = true;
  const begun: string[] = [];
  const session = small.session({
    ...here,
    rangeSize: () => 50,
    report(event) {
      if (event.kind === "begun") begun.push("run");
      if (event.kind !== "started") return;
      begun.push(`${event.table} ${event.range?.first ?? ""}`);
      if (interrupt) session.interrupt();
      interrupt = false;
    }
  });
  const first = session.run(["walk"]);
  await assert.rejects(first, {name: "InterruptedError"});
  small.write("data/parameters/small.jsonc", file(200, [0.25]));
  const second = await session.run();
  assert.deepEqual(begun.slice(begun.lastIndexOf("run") + 1), ["walk 0", "walk 50", "walk 100", "walk 150", "mean "]);
  assert.deepEqual(second.failed, []);
  session.interrupt();
  assert.deepEqual((await session.run()).computed, []);
});

test("an interruption while the project is described is no fault of a loader", async (t) => {
  const small = walks(t);
  let started = 0;
  const session = small.session({
    startWorker() {
      started++;
      const worker = startInProcess();
      setImmediate(() => session.interrupt());
      return worker;
    }
  });
  await assert.rejects(session.run(), {name: "InterruptedError"});
  await assert.rejects(session.describe(), {name: "InterruptedError"});
  assert.equal(started, 2);
});

const seeds: readonly (readonly [written: string, outcome: number | RegExp])[] = [
  ["0", 0],
  ["-0", 0],
  ["9007199254740991", 9_007_199_254_740_991],
  ["NaN", /^small\.jsonc:1:9: not valid JSON with comments: InvalidSymbol, found "NaN,/],
  ["9007199254740992", /^small\.jsonc:1:2 seed: expected a number of at most 9007199254740991, found 9007199254740992$/],
  ['"7"', /^small\.jsonc:1:2 seed: expected a number, found "7" \(text\)$/]
];

test("every seed has one outcome: itself, or a run without a computed cell that says where it stands; 0 is an ordinary one", async (t) => {
  const small = walks(t, 3);
  const streams = new Map<number, readonly unknown[]>();
  for (const [written, outcome] of seeds) {
    small.write("data/parameters/small.jsonc", file(3).replace('"seed":3', `"seed":${written}`));
    const run = await small.run(undefined, here);
    const {walk} = run.manifest.run.tables;
    if (outcome instanceof RegExp) {
      assert.match((walk as {error: string}).error, outcome);
      assert.deepEqual([run.failed, run.cells], [["mean", "walk"], []]);
      continue;
    }
    assert.deepEqual([run.failed, run.manifest.run.parameters.small?.seed], [[], outcome]);
    const found = decodeTable(manifestTable(run.manifest, "walk"), "walk");
    assert.equal(found.metadata.seed, String(outcome));
    assert.deepEqual(run.cells.length, streams.has(outcome) ? 0 : 2);
    streams.set(outcome, found.rows.map(({x}) => x));
  }
  assert.equal(new Set([...streams.values()].flat()).size, 6);
});
