import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {createStream} from "../../src/random/index.ts";
import {bundleProgram, ensembleProject, published, replicas, shard, shards, values} from "./ensemble-project.ts";
import type {EnsembleProject} from "./ensemble-project.ts";
import {startInProcess} from "./worker-in-process.ts";

/** How many real runs are killed: `DRIFTBOOK_KILLS=200 node --import tsx --test test/pipeline/killed-runs.test.ts` for the whole series. */
const kills = Number(process.env.DRIFTBOOK_KILLS ?? 4);
const width = 2;
const here = {startWorker: startInProcess, rangeSize: () => shard};
const seed = 20_261_121;

/** @param kind "processes" for workers of their own, "here" for none; @param wait what a shard takes */
function start(program: string, {root}: EnsembleProject, kind: string, wait: string): {readonly child: ChildProcess; readonly ended: Promise<{readonly code: number | null; readonly signal: string | null; readonly words: string}>} {
  const child = spawn(process.execPath, [...(kind === "here" ? ["--import", "tsx/esm"] : []), program, root, String(width), kind], {cwd: root, env: {...process.env, SHARD_WAIT: wait}, detached: true, stdio: ["ignore", "ignore", "pipe"]});
  let words = "";
  child.stderr!.on("data", (chunk: Buffer) => (words += chunk.toString("utf8")));
  return {child, ended: new Promise((resolve, reject) => child.on("error", reject).on("close", (code, signal) => resolve({code, signal, words})))};
}

/** Waits until that many shards are begun. */
async function untilBegun(project: EnsembleProject, count: number): Promise<void> {
  while (project.begun().length < count) await sleep(2);
}

/** Waits until no process of a group is left. */
async function untilGone(group: number): Promise<void> {
  for (;;) {
    try {
      process.kill(-group, 0);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
      return;
    }
    await sleep(20);
  }
}

const left = ({project: {storeFolder}}: EnsembleProject, part: string): readonly string[] => (existsSync(join(storeFolder, part)) ? readdirSync(join(storeFolder, part)) : []);

/** Finishes a run and holds it to what an undisturbed one gives. */
async function checkResumed(project: EnsembleProject, reference: ReturnType<typeof published>, mostAgain: number): Promise<void> {
  const run = await project.run(undefined, here);
  assert.deepEqual([run.failed, run.lines], [[], []]);
  assert.deepEqual(published(run), reference);
  const again = project.begun().length - shards;
  assert.ok(again >= 0 && again <= mostAgain, `${again} shards were begun twice`);
  assert.deepEqual([new Set(project.begun()).size, left(project, "temporary"), left(project, "claims"), left(project, "running")], [shards, [], [], []]);
}

test("runs killed with all their processes at any moment are finished by the next run, with the same bytes", async (t) => {
  const project = ensembleProject(t);
  const whole = await project.run(undefined, here);
  const uniform = (replica: number) => createStream({seed: 0, experiment: "walk", cell: "walk", block: replica}).generator("draw").uniform();
  assert.deepEqual(values(whole), Array.from({length: replicas}, (_, replica) => uniform(replica) + 0.5));
  assert.equal(project.begun().length, shards);

  const program = await bundleProgram(project, "run-program.ts");
  const random = createStream({seed: seed + kills, experiment: "kills", cell: "when", block: 0}).generator("moment");
  let midway = 0;
  for (let kill = 0; kill < kills; kill++) {
    project.forget();
    const {child, ended} = start(program, project, "processes", "3");
    await Promise.race([untilBegun(project, Math.floor(random.uniform() * (shards + 1))), ended]);
    await sleep(10 * random.uniform());
    if (child.exitCode === null) process.kill(-child.pid!, "SIGKILL");
    const {signal} = await ended;
    await untilGone(child.pid!);
    if (signal === "SIGKILL") midway++;
    await checkResumed(project, published(whole), width);
  }
  assert.ok(midway > 0.8 * kills, `${midway} of ${kills} runs were killed before they ended`);
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const)
  test(`${signal} ends a run whose shards would never end with ${code} and says how to resume; what is finished is kept`, async (t) => {
    const project = ensembleProject(t);
    const program = await bundleProgram(project, "run-program.ts");
    const first = await project.run(["walk"], {...here, rangeSize: () => 60, workers: 1});
    project.forget();
    const {child, ended} = start(program, project, "processes", "stuck");
    await untilBegun(project, 8 + width);
    process.kill(signal === "SIGINT" ? -child.pid! : child.pid!, signal);
    assert.deepEqual(await ended, {code, signal: null, words: `stopped by ${signal}: what is finished is kept; the same command goes on from there\n`});
    await untilGone(child.pid!);
    const {events} = await project.run(["walk"], here);
    assert.ok(events.some((event) => event.kind === "planned" && event.known === 8 && event.missing === shards - 8));
    assert.deepEqual(project.begun().length, shards + width);
    const again = await project.run(["walk"], here);
    assert.deepEqual(values(again), values(first));
  });

test("workers whose run was killed alone end with it, in the midst of their work", async (t) => {
  const project = ensembleProject(t);
  const {child, ended} = start(await bundleProgram(project, "run-program.ts"), project, "processes", "busy");
  await untilBegun(project, width);
  process.kill(child.pid!, "SIGKILL");
  await ended;
  await untilGone(child.pid!);
  await checkResumed(project, published(await ensembleProject(t).run(undefined, here)), width);
});

test("eight runs in one folder at a time compute each shard once, and all give the same", async (t) => {
  const project = ensembleProject(t);
  const program = await bundleProgram(project, "run-program.ts");
  const alone = await project.run(undefined, here);
  project.forget();
  const runs = await Promise.all(Array.from({length: 8}, () => start(program, project, "here", "3").ended));
  for (const {code, words} of runs) assert.deepEqual([code, words], [0, ""]);
  assert.deepEqual([...project.begun()].sort((a, b) => a - b), Array.from({length: shards}, (_, i) => i * shard));
  await checkResumed(project, published(alone), 0);
});
