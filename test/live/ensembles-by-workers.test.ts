import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../src/kernels/index.ts";
import {checksum, ensemblesByWorkers, runStudentDiffusion} from "../../src/live/index.ts";
import type {WorkerHandle, WorkerTask} from "../../src/live/index.ts";

const choice = {seed: 3, timeStep: 0.5, replicas: 1000};

/** A worker in this thread that answers each block a task later; `fault` may send something else. */
function fakeWorker(fault: (block: number) => Event | undefined = () => undefined) {
  const target = new EventTarget();
  const log = {tasks: 0, terminated: 0};
  const post = async ({module, bytes, inputs, argumentsAddress, resultsAddress, calls}: WorkerTask) => {
    log.tasks++;
    const memory = new WebAssembly.Memory({initial: Math.ceil(bytes / 65_536)});
    const view = new Uint8Array(memory.buffer);
    view.set(inputs);
    const {run} = new WebAssembly.Instance(module, {env: {memory}}).exports as {readonly run: (address: number) => void};
    for (const [block, call] of calls.entries()) {
      await new Promise(setImmediate);
      if (log.terminated > 0) return;
      const event = fault(block);
      if (event !== undefined) return void target.dispatchEvent(event);
      view.set(new Uint8Array(call.buffer), argumentsAddress);
      view.fill(0, resultsAddress, bytes);
      run(argumentsAddress);
      target.dispatchEvent(new MessageEvent("message", {data: view.slice(resultsAddress, bytes)}));
    }
  };
  const worker: WorkerHandle = {
    postMessage: (task: unknown) => void post(task as WorkerTask),
    addEventListener: target.addEventListener.bind(target),
    terminate: () => void log.terminated++
  };
  return {worker, log};
}

test("a worker's run has the bits of this thread's, reports every block, and leaves no worker behind", async () => {
  const {worker, log} = fakeWorker();
  const progress: string[] = [];
  const run = await runStudentDiffusion(ensemblesByWorkers(() => worker), choice, {progress: (done, total) => progress.push(`${done}/${total}`)});
  assert.deepEqual(run, await runStudentDiffusion(ensemblesHere, choice));
  assert.deepEqual(progress, ["1/4", "2/4", "3/4", "4/4"]);
  assert.deepEqual(log, {tasks: 1, terminated: 1});
});

test("a worker that fails is named with its block, and ended", async () => {
  const {worker, log} = fakeWorker((block) => (block === 2 ? Object.assign(new Event("error"), {message: "out of memory"}) : undefined));
  await assert.rejects(runStudentDiffusion(ensemblesByWorkers(() => worker), choice), {message: "Student diffusion: expected a worker to run 4 blocks, found out of memory in block 2"});
  assert.equal(log.terminated, 1);
});

test("a message that cannot be read is an error", async () => {
  const {worker} = fakeWorker(() => new Event("messageerror"));
  await assert.rejects(runStudentDiffusion(ensemblesByWorkers(() => worker), choice), /found a message that cannot be read in block 0/);
});

test("an aborted run ends with its reason at once, and one aborted before starts no worker", async () => {
  const {worker, log} = fakeWorker();
  const cancellation = new AbortController();
  const reason = new Error("the reader left");
  const progress = (done: number) => done === 2 && cancellation.abort(reason);
  await assert.rejects(runStudentDiffusion(ensemblesByWorkers(() => worker), choice, {progress, signal: cancellation.signal}), reason);
  assert.equal(log.terminated, 1);
  await assert.rejects(runStudentDiffusion(ensemblesByWorkers(() => assert.fail("started")), choice, {signal: cancellation.signal}), reason);
});

test("the checksum is SHA-256 of all arrays' bytes, and of a view's own alone", () => {
  const abc = new Uint8Array([0x78, 0x61, 0x62, 0x63]);
  assert.equal(checksum(abc.subarray(1, 2), abc.subarray(2)), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
