import assert from "node:assert/strict";
import {readdirSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {pathToFileURL} from "node:url";
import {decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {startWorker} from "../../src/pipeline/workers/index.ts";
import {bareProject, derivedLoader, experimentLoader, filesBelow} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

/** Sets a variable of the environment that workers inherit until the test ends. */
function setVariable(t: TestContext, name: string, value: string): void {
  const before = process.env[name];
  t.after(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
  process.env[name] = value;
}

const fates = `
  if (reads.fate === "aborts") process.abort();
  if (reads.fate === "grows") for (const kept = []; ; ) kept.push(Array.from({length: 1e5}, () => ({})));
  if (reads.fate === "stops") process.kill(process.pid, "SIGSTOP");
  if (reads.fate === "waits") await new Promise(() => {});
  return Array.from({length: context.replicas.count}, (_, i) => ({x: context.replicas.first + i}));`;

test("a worker that dies of memory, stops or hangs is named with its shard, parameters and seed; every other shard is computed", async (t) => {
  const cells = '["sound", "aborts", "grows", "stops", "waits", "sane"].map((fate) => ({name: fate, reads: {fate}, replicas: 2}))';
  const small = bareProject(t, {"loaders/fates.arrow.ts": experimentLoader(cells, fates), "loaders/after.arrow.ts": derivedLoader("return [{x: 1}];", {inputs: ["fates"]}), "loaders/alone.arrow.ts": derivedLoader("return [{x: 1}];")});
  setVariable(t, "NODE_OPTIONS", "--max-old-space-size=150");
  const run = await small.run(undefined, {workers: 3, startWorker: () => startWorker({silence: 5000, look: 200})});
  assert.deepEqual([run.failed, run.computed], [["after", "fates"], ["alone"]]);
  const {error} = run.manifest.run.tables.fates as {error: string};
  const expected: Readonly<Record<string, string>> = {
    aborts: "its process was killed by SIGABRT, as the system does when memory runs out",
    grows: "its process was killed by SIGABRT, as the system does when memory runs out",
    stops: "its process gave no sign of life for \\d+(\\.\\d)? s and was ended",
    waits: "its process did nothing for \\d+(\\.\\d)? s and was ended"
  };
  const pattern = Object.entries(expected).map(([fate, reason]) => `cell "${fate}", replicas 0–1: ${reason}\n    parameters: none, seed 0`);
  assert.match(error, new RegExp(`^${pattern.join("\n  ")}$`));
  assert.deepEqual(run.lines.filter((line) => line.startsWith("table fates failed: cell ")).length, 1);
  assert.deepEqual(run.cells.filter((cell) => cell.startsWith("fates")), ["fates sane 0–1", "fates sound 0–1"]);
  assert.deepEqual(readdirSync(join(small.project.storeFolder, "claims")), []);
});

test("a full disk fails what cannot be kept with its path and bytes; the table of before is still served, and the next run goes on", async (t) => {
  const file = (rate: number): string => JSON.stringify({seed: 0, quick: {decay: {rate}}, full: {}});
  const small = bareProject(t, {
    "loaders/decay.arrow.ts": experimentLoader("[1, 2].map((i) => ({name: `part ${i}`, reads: {rate: parameters.rate, i}}))", "return [{x: reads.i * reads.rate}];", {
      head: 'import {z} from "zod";\nconst sections = {decay: z.strictObject({rate: z.number()})};',
      parameters: 'parameters: {paper: "small", sections, section: "decay"},'
    }),
    "data/parameters/small.jsonc": file(0.5)
  });
  const flag = join(small.root, "full");
  setVariable(t, "FULL_DISK", flag);
  setVariable(t, "NODE_OPTIONS", `--import=${pathToFileURL(join(import.meta.dirname, "full-disk.mjs")).href}`);
  const before = await small.run(undefined, {startWorker: startInProcess});
  small.write("full", "");
  small.write("data/parameters/small.jsonc", file(0.3));
  const full = await small.run(undefined, {workers: 1});
  assert.deepEqual(full.failed, ["decay"]);
  const {error} = full.manifest.run.tables.decay as {error: string};
  const fault = (i: number, rate: number) => `cell "part ${i}": could not write \\d+ bytes to ${small.project.storeFolder}/objects/\\w\\w/\\w{64} \\(ENOSPC\\): free that much disk and run again\n    parameters: \\{"rate":${rate},"i":${i}\\}, seed 0`;
  assert.match(error, new RegExp(`^${fault(1, 0.3)}\n  ${fault(2, 0.3)}$`));
  assert.deepEqual(filesBelow(join(small.project.storeFolder, "temporary")), []);
  assert.deepEqual(decodeTable(manifestTable(before.manifest, "decay"), "decay").rows, [{x: 0.5}, {x: 1}]);
  small.write("data/parameters/small.jsonc", file(0.5));
  const served = await small.run(undefined, {workers: 1});
  assert.deepEqual([served.kept, served.manifest.run.tables], [["decay"], before.manifest.run.tables]);

  rmSync(flag);
  small.write("data/parameters/small.jsonc", file(0.3));
  const after = await small.run(undefined, {workers: 1});
  assert.deepEqual([after.cells, decodeTable(manifestTable(after.manifest, "decay"), "decay").rows], [["decay part 1", "decay part 2"], [{x: 0.3}, {x: 0.6}]]);
});

test("a worker that cannot be started fails its table, not the run", async (t) => {
  const small = bareProject(t, {"loaders/a.arrow.ts": derivedLoader("return [{x: 1}];"), "loaders/b.arrow.ts": derivedLoader("return [{x: 2}];")});
  let started = 0;
  const startFew = () => {
    if (++started === 2) throw new Error("spawn EAGAIN");
    return startInProcess();
  };
  const {failed, lines, computed} = await small.run(undefined, {startWorker: startFew});
  assert.deepEqual([failed, computed, lines], [["b"], ["a"], ["table b failed: spawn EAGAIN\n    parameters: none"]]);
  assert.deepEqual((await small.run(undefined, {startWorker: startInProcess})).computed, ["b"]);
  started = 1;
  const elsewhere = join(small.root, "elsewhere");
  await assert.rejects(small.run(undefined, {startWorker: startFew}, {storeFolder: elsewhere}), {message: "spawn EAGAIN"});
  assert.deepEqual(readdirSync(join(elsewhere, "running")), []);
});

test("a process that cannot be made says so to who asks it", async (t) => {
  const {execPath} = process;
  t.after(() => void (process.execPath = execPath));
  process.execPath = join(dirname(execPath), "nowhere");
  const worker = startWorker();
  process.execPath = execPath;
  await assert.rejects(worker.ask({kind: "describe", project: bareProject(t, {}).project, broken: {}}), /^Error: its process could not be started: spawn .*nowhere ENOENT$/);
  assert.equal(worker.alive(), false);
  worker.stop();
});
