import assert from "node:assert/strict";
import {EventEmitter} from "node:events";
import {test} from "node:test";
import {createWorkerPool} from "../../src/engine/worker-pool.ts";
import type {KernelThread} from "../../src/engine/worker-pool.ts";

const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
const job = {bytes: 64, inputs: new Uint8Array(0), argumentsAddress: 0, resultsAddress: 0};

/** A thread that does what the test says, with what was posted to it. */
class FakeThread extends EventEmitter {
  readonly posted: string[] = [];
  referenced = true;
  postMessage({kind, job: number, arguments: callArguments}: {kind: string; job: number; arguments?: Int32Array}): void {
    this.posted.push(`${kind} ${number}${callArguments === undefined ? "" : ` block ${callArguments[0]}`}`);
  }
  answer(byte: number): void {
    this.emit("message", {results: Uint8Array.of(byte)});
  }
  ref(): void {
    this.referenced = true;
  }
  unref(): void {
    this.referenced = false;
  }
  async terminate(): Promise<number> {
    this.emit("exit", 1);
    return 1;
  }
}

function fakePool(most: number) {
  const threads: FakeThread[] = [];
  const start = () => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread as unknown as KernelThread;
  };
  const pool = createWorkerPool(most, start);
  const open = () => {
    const runner = pool.open(module, job);
    return {...runner, run: (block: number) => runner.run(Int32Array.of(block))};
  };
  return {pool, threads, open};
}

test("small jobs are spread over threads, which are started when they are needed", async () => {
  const {threads, open} = fakePool(3);
  const [a, b] = [open(), open()];
  assert.equal(threads.length, 0);
  const first = a.run(0);
  assert.equal(threads.length, 1);
  const second = b.run(0);
  assert.deepEqual(threads.map(({posted}) => posted), [["open 0", "run 0 block 0"], ["open 1", "run 1 block 0"]]);
  threads[1]!.answer(8);
  threads[0]!.answer(7);
  assert.deepEqual([...(await first), ...(await second)], [7, 8]);
  const third = b.run(1);
  threads[0]!.answer(9);
  assert.deepEqual([...(await third)], [9]);
  assert.equal(threads.length, 2);
});

test("blocks of several jobs wait for a thread in the order in which they came, and a job is opened once a thread", async () => {
  const {threads, open} = fakePool(1);
  const [a, b] = [open(), open()];
  const runs = [a.run(0), b.run(0), a.run(1), b.run(1)];
  const [thread] = threads as [FakeThread];
  for (let i = 0; i < 4; i++) thread.answer(i);
  assert.deepEqual((await Promise.all(runs)).map(([byte]) => byte), [0, 1, 2, 3]);
  a.close();
  a.close();
  assert.deepEqual(thread.posted, ["open 0", "run 0 block 0", "open 1", "run 1 block 0", "run 0 block 1", "run 1 block 1", "close 0"]);
});

test("a thread keeps the process alive only while it runs a block", () => {
  const {threads, open} = fakePool(1);
  const a = open();
  void a.run(0);
  const [thread] = threads as [FakeThread];
  assert.equal(thread.referenced, true);
  thread.answer(0);
  assert.equal(thread.referenced, false);
});

test("a thread that dies fails its own block; the block that waited runs on another, which opens the job anew", async () => {
  const {threads, open} = fakePool(1);
  const a = open();
  const [dying, waiting] = [a.run(0), a.run(1)];
  threads[0]!.emit("error", new Error("trap"));
  threads[0]!.emit("exit", 1);
  await assert.rejects(dying, /^Error: the worker thread failed: trap$/);
  assert.deepEqual(threads[1]!.posted, ["open 0", "run 0 block 1"]);
  threads[1]!.answer(5);
  assert.deepEqual([...(await waiting)], [5]);
  assert.equal(threads.length, 2);
});

test("an idle thread that dies is replaced by the next block", async () => {
  const {threads, open} = fakePool(1);
  const a = open();
  const first = a.run(0);
  threads[0]!.answer(1);
  await first;
  threads[0]!.emit("exit", 3);
  const second = a.run(1);
  threads[1]!.answer(2);
  assert.deepEqual([...(await second)], [2]);
});

test("a closed pool fails what runs, what waits and what comes, and starts nothing", async () => {
  const {pool, threads, open} = fakePool(1);
  const a = open();
  const runs = [a.run(0), a.run(1)].map((run) => assert.rejects(run, /^Error: the worker threads were closed$/));
  await pool.close();
  runs.push(assert.rejects(a.run(2), /^Error: the worker threads were closed$/));
  await Promise.all(runs);
  assert.equal(threads.length, 1);
});
