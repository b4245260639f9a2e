import assert from "node:assert/strict";
import {test} from "node:test";
import {runProgram} from "../../src/engine/native/run-program.ts";
import {nativeLibrary} from "../../src/engine/native-library.ts";
import type {NativeLibrary} from "../../src/engine/native-library.ts";
import {createWorkerPool} from "../../src/engine/worker-pool.ts";
import {ensemblesHere} from "../../src/kernels/index.ts";
import {sharedKernelCache, smallWorkEngine, walk, walkBlocks, walkRequest} from "./engine-cases.ts";

const effects = sharedKernelCache();
const reason = new Error("enough");
const expected = await ensemblesHere.simulate(walk, walkRequest);

for (const native of ["never", "always"] as const) {
  test(`progress is told of every block once, in order, native code ${native}`, async () => {
    const {engine} = smallWorkEngine({threads: 3, native}, {library: nativeLibrary(effects())});
    const told: (readonly [number, number])[] = [];
    await engine.simulate(walk, walkRequest, {progress: (done, total) => told.push([done, total])});
    assert.deepEqual(told, Array.from({length: walkBlocks}, (_, i) => [i + 1, walkBlocks]));
    await engine.close();
  });

  test(`an ensemble is ended between blocks with the signal's reason, and the engine goes on, native code ${native}`, async () => {
    const {engine, reports} = smallWorkEngine({threads: 2, native}, {library: nativeLibrary(effects())});
    for (const last of [1, 5, walkBlocks]) {
      const controller = new AbortController();
      let told = 0;
      const progress = (done: number) => {
        told = done;
        if (done === last) controller.abort(reason);
      };
      await assert.rejects(engine.simulate(walk, walkRequest, {signal: controller.signal, progress}), (error) => error === reason);
      assert.equal(told, last);
    }
    assert.deepEqual(reports, []);
    assert.deepEqual(await engine.simulate(walk, walkRequest), expected);
    await engine.close();
  });

  test(`an error of the one who is told of progress ends the ensemble, native code ${native}`, async () => {
    const {engine} = smallWorkEngine({threads: 2, native}, {library: nativeLibrary(effects())});
    const progress = () => {
      throw reason;
    };
    await assert.rejects(engine.simulate(walk, walkRequest, {progress}), (error) => error === reason);
    assert.deepEqual(await engine.simulate(walk, walkRequest), expected);
    await engine.close();
  });
}

test("an ensemble that is aborted before starts nothing; a signal that is aborted afterwards changes nothing", async () => {
  let started = 0;
  const {engine} = smallWorkEngine({threads: 2, native: "never"}, {pool: createWorkerPool(2, () => (started++, assert.fail("started")))});
  await assert.rejects(engine.simulate(walk, walkRequest, {signal: AbortSignal.abort(reason)}), (error) => error === reason);
  assert.equal(started, 0);
  const other = smallWorkEngine({threads: 2, native: "never"}).engine;
  const controller = new AbortController();
  const result = await other.simulate(walk, walkRequest, {signal: controller.signal});
  controller.abort(reason);
  assert.deepEqual(result, expected);
  await other.close();
});

test("one signal ends many ensembles", async () => {
  const {engine} = smallWorkEngine({threads: 2, native: "never"});
  const controller = new AbortController();
  const warned: Error[] = [];
  const listen = (warning: Error) => warned.push(warning);
  process.on("warning", listen);
  const all = Promise.allSettled(Array.from({length: 30}, () => engine.simulate(walk, walkRequest, {signal: controller.signal})));
  controller.abort(reason);
  assert.ok((await all).every((each) => each.status === "rejected" && each.reason === reason));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  assert.deepEqual(warned, []);
  await engine.close();
});

/** A library whose compiler never comes back. */
const endless: NativeLibrary = {vectorBits: async () => 128, open: () => new Promise(() => {})};

test("an ensemble does not wait for a compiler: its work is done without, and it can be ended", async () => {
  const {engine, reports} = smallWorkEngine({threads: 2}, {library: endless});
  assert.deepEqual(await engine.simulate(walk, walkRequest), expected);
  assert.equal(reports[0]!.nativeUnavailable, "it was not ready before the work was done");
  await engine.close();
  const always = smallWorkEngine({threads: 2, native: "always"}, {library: endless}).engine;
  const controller = new AbortController();
  const run = always.simulate(walk, walkRequest, {signal: controller.signal});
  setImmediate(() => controller.abort(reason));
  await assert.rejects(run, (error) => error === reason);
  await always.close();
});

test("a closed engine ends what runs and refuses what comes", async () => {
  const closed = {name: "Error", message: "the engine was closed"};
  for (const native of ["never", "always"] as const) {
    const {engine} = smallWorkEngine({threads: 2, native}, {library: nativeLibrary(effects())});
    const running = [1, 2, 3].map(() => assert.rejects(engine.simulate(walk, {...walkRequest, steps: 20_000}, {progress: () => void engine.close()}), closed));
    await Promise.all(running);
    await assert.rejects(engine.simulate(walk, walkRequest), closed);
    await engine.close();
  }
});

test("many short ensembles do not exhaust what threads hold", async () => {
  const {engine} = smallWorkEngine({threads: 1, native: "never"});
  for (let i = 0; i < 1500; i++) await engine.simulate(walk, {...walkRequest, replicas: 1, steps: 1});
  await engine.close();
});

for (const native of ["never", "always"] as const)
  test(`a process with an open engine ends by itself once its ensembles are done, native code ${native}`, async () => {
    const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      const {smallWorkEngine, walk, walkRequest} = await import(${at("./engine-cases.ts")});
      const {nativeLibrary} = await import(${at("../../src/engine/native-library.ts")});
      const {kernelEffects} = await import(${at("../../src/engine/native/index.ts")});
      const library = nativeLibrary({...kernelEffects, cacheFolder: ${JSON.stringify(effects().cacheFolder)}});
      const {engine} = smallWorkEngine({threads: 2, native: ${JSON.stringify(native)}}, {library});
      engine.simulate(walk, {...walkRequest, steps: 20_000}).then(({replicas}) => console.log(replicas));`;
    const result = await runProgram(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {timeLimit: 60, environment: {...process.env, NODE_TEST_CONTEXT: undefined}});
    assert.deepEqual(result, {code: 0, timedOut: false, output: "2000\n"});
  });
