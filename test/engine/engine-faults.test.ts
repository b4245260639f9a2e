import assert from "node:assert/strict";
import {test} from "node:test";
import {Worker} from "node:worker_threads";
import type {BlockRunner} from "../../src/engine/block-runner.ts";
import {createEngine, EnsembleError} from "../../src/engine/index.ts";
import {nativeLibrary} from "../../src/engine/native-library.ts";
import type {NativeLibrary} from "../../src/engine/native-library.ts";
import {createWorkerPool} from "../../src/engine/worker-pool.ts";
import type {WorkerPool} from "../../src/engine/worker-pool.ts";
import {ensemblesHere} from "../../src/kernels/index.ts";
import type {SimulationBlock} from "../../src/kernels/index.ts";
import {compiles} from "./native/kernel-machine.ts";
import {sharedKernelCache, smallWorkEngine, walk, walkBlocks, walkRequest} from "./engine-cases.ts";

const effects = sharedKernelCache();
const kernelWorker = new URL("../../src/engine/kernel-worker.mjs", import.meta.url);

interface Message {
  readonly kind: string;
  readonly arguments?: Int32Array;
}

const badFirst = 512;
const isBad = ({kind, arguments: callArguments}: Message) => kind === "run" && callArguments![0] === badFirst;

/** Threads that something is done to before a message is posted. */
function threadsThat(beforePost: (message: Message, thread: Worker) => void): () => Worker {
  return () => {
    const thread = new Worker(kernelWorker, {execArgv: []});
    const post = thread.postMessage.bind(thread);
    thread.postMessage = (message: Message) => {
      beforePost(message, thread);
      post(message);
    };
    return thread;
  };
}

/** Threads that end themselves when they are given the bad block. */
const leavingThread = () =>
  new Worker(
    `const {parentPort} = require("node:worker_threads");
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (name, listener) => on(name, (message) => {
       if (message.kind === "run" && message.arguments[0] === ${badFirst}) process.exit(7);
       listener(message);
     });
     import(${JSON.stringify(kernelWorker.href)});`,
    {eval: true, execArgv: []}
  );

const moduleOf = (body: readonly number[]) =>
  new WebAssembly.Module(
    Uint8Array.of(
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...[1, 5, 1, 0x60, 1, 0x7f, 0],
      ...[2, 15, 1, 3, ...Buffer.from("env"), 6, ...Buffer.from("memory"), 2, 0, 1],
      ...[3, 2, 1, 0],
      ...[7, 7, 1, 3, ...Buffer.from("run"), 0, 0],
      ...[10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b]
    )
  );

const traps = {
  unreachable: moduleOf([0x00]),
  "memory access out of bounds": moduleOf([0x41, 0x7c, 0x28, 2, 0, 0x1a])
};

/** A pool whose bad block runs another module. */
function trappingPool(trap: WebAssembly.Module): WorkerPool {
  const pool = createWorkerPool(2);
  return {
    open(module, job) {
      const [good, bad] = [pool.open(module, job), pool.open(trap, job)];
      return {
        run: (callArguments) => (callArguments[0] === badFirst ? bad : good).run(callArguments),
        close() {
          good.close();
          bad.close();
        }
      };
    },
    close: () => pool.close()
  };
}

async function assertOneBlockFails(pool: WorkerPool, reason: RegExp): Promise<void> {
  const {engine} = smallWorkEngine({threads: 2, native: "never"}, {pool});
  const told: number[] = [];
  const whole = await ensemblesHere.simulate(walk, walkRequest);
  for (let round = 0; round < 2; round++)
    await assert.rejects(engine.simulate(walk, walkRequest, {progress: (done) => told.push(done)}), (error) => {
      assert.ok(error instanceof EnsembleError);
      assert.deepEqual(error.failures.map(({block}) => block), [{first: badFirst, count: 256}]);
      assert.match(error.failures[0]!.reason, reason);
      assert.equal(error.message, `walk: replicas 512 to 767 failed: ${error.failures[0]!.reason}; 7 blocks finished`);
      assert.equal(error.finished.size, walkBlocks - 1);
      for (const [first, block] of error.finished) assert.deepEqual((block as SimulationBlock).states, whole.state.x!.slice(first, first + 256));
      return true;
    });
  assert.deepEqual(told, [...told.keys()].map((i) => (i % walkBlocks) + 1));
  const after = {...walkRequest, replicas: 500};
  assert.deepEqual(await engine.simulate(walk, after), await ensemblesHere.simulate(walk, after));
  await engine.close();
}

test("a thread that is terminated fails its block, the rest finish, and another takes its place", async () => {
  await assertOneBlockFails(createWorkerPool(2, threadsThat((message, thread) => isBad(message) && void thread.terminate())), /^the worker thread ended with code \d$/);
});

test("a thread that exits fails its block alone", async () => {
  await assertOneBlockFails(createWorkerPool(2, leavingThread), /^the worker thread ended with code 7$/);
});

for (const [name, trap] of Object.entries(traps))
  test(`a kernel that traps (${name}) fails its block alone`, async () => {
    await assertOneBlockFails(trappingPool(trap), new RegExp(`^the worker thread failed: .*${name}`));
  });

test("a thread is terminated in the middle of a kernel", async () => {
  const pool = createWorkerPool(1, threadsThat((message, thread) => message.kind === "run" && void setTimeout(() => thread.terminate(), 200)));
  const {engine} = smallWorkEngine({threads: 1, native: "never"}, {pool});
  await assert.rejects(engine.simulate(walk, {...walkRequest, replicas: 16, steps: 2 ** 31 - 2}), {name: "EnsembleError", message: "walk: replicas 0 to 15 failed: the worker thread ended with code 1; 0 blocks finished"});
  await engine.close();
});

test("an ensemble whose threads all die names every block, and does not disturb another", async () => {
  const {engine} = smallWorkEngine({threads: 2, native: "never"}, {pool: createWorkerPool(2, threadsThat((message, thread) => message.kind === "run" && message.arguments![3] === 13 && void thread.terminate()))});
  const [dying, living] = await Promise.allSettled([engine.simulate(walk, {...walkRequest, steps: 13}), engine.simulate(walk, walkRequest)]);
  assert.ok(dying.status === "rejected" && dying.reason instanceof EnsembleError);
  assert.deepEqual(dying.reason.failures.map(({block: {first}}) => first), [0, 1, 2, 3, 4, 5, 6, 7].map((i) => 256 * i));
  assert.match(dying.reason.message, /^walk: replicas 0 to 255 and 7 blocks more failed: .* code \d; 0 blocks finished$/);
  assert.ok(living.status === "fulfilled");
  assert.deepEqual(living.value, await ensemblesHere.simulate(walk, walkRequest));
  await engine.close();
});

test("threads that cannot be started are an error of each block", async () => {
  const start = () => {
    throw new Error("no memory for a thread");
  };
  const {engine} = smallWorkEngine({threads: 2, native: "never"}, {pool: createWorkerPool(2, start)});
  await assert.rejects(engine.simulate(walk, walkRequest), /^EnsembleError: walk: .* and 7 blocks more failed: no worker thread could be started: no memory for a thread; 0 blocks finished$/);
});

/** A library whose calls fail as `fails` says; where it has no memory, no runner can be had. */
function failingLibrary(fails: (callArguments: Int32Array) => boolean, hasMemory = true): NativeLibrary {
  const library = nativeLibrary(effects());
  return {
    vectorBits: () => library.vectorBits(),
    async open(source, options) {
      const program = await library.open(source, options);
      return {
        ...program,
        async runner(job, atOnce): Promise<BlockRunner> {
          if (!hasMemory) throw new RangeError("Array buffer allocation failed");
          const runner = await program.runner(job, atOnce);
          return {...runner, run: async (callArguments) => (fails(callArguments) ? Promise.reject(new Error("the call was refused")) : runner.run(callArguments))};
        }
      };
    }
  };
}

/** A pool whose blocks wait until native code was tried. */
function waitingPool(): {readonly pool: WorkerPool; readonly go: () => void} {
  const pool = createWorkerPool(2);
  let go!: () => void;
  const going = new Promise<void>((resolve) => (go = resolve));
  const open: WorkerPool["open"] = (module, job) => {
    const runner = pool.open(module, job);
    return {...runner, run: async (callArguments) => going.then(() => runner.run(callArguments))};
  };
  return {pool: {open, close: () => pool.close()}, go};
}

test("a native call that fails gives its block and the rest back to WebAssembly, and the report says why", async () => {
  let calls = 0;
  const {pool, go} = waitingPool();
  const {engine, reports} = smallWorkEngine({threads: 2}, {
    pool,
    library: failingLibrary(() => {
      if (++calls === 3) go();
      return calls >= 3;
    })
  });
  assert.deepEqual(await engine.simulate(walk, walkRequest), await ensemblesHere.simulate(walk, walkRequest));
  const [{webAssemblyBlocks, nativeBlocks, nativeUnavailable}] = reports as [(typeof reports)[number]];
  assert.equal(nativeUnavailable, "a native call failed: the call was refused");
  assert.equal(nativeBlocks, 2);
  assert.equal(webAssemblyBlocks, walkBlocks - 2);
  await engine.close();
});

test("a native call that fails where native code must run fails its block alone", async () => {
  const {engine} = smallWorkEngine({threads: 2, native: "always"}, {library: failingLibrary(([first]) => first === badFirst)});
  await assert.rejects(engine.simulate(walk, walkRequest), (error) => {
    assert.ok(error instanceof EnsembleError);
    assert.equal(error.message, "walk: replicas 512 to 767 failed: the call was refused; 7 blocks finished");
    return true;
  });
  await engine.close();
});

const unavailable: readonly (readonly [string, () => NativeLibrary, RegExp])[] = [
  ["no compiler", () => nativeLibrary({...effects(), run: async () => ({code: -1, timedOut: false, output: ""})}), /^no C compiler answers \(tried .*cc, gcc, clang\)$/],
  ["no koffi", () => nativeLibrary({...effects(), loadKoffi: () => Promise.reject(new Error("Cannot find package 'koffi'"))}), /^koffi cannot be loaded: Cannot find package 'koffi'$/],
  ["a compiler that fails", () => nativeLibrary({...effects(), cacheFolder: `${effects().cacheFolder}/other`, run: async (program, args, options) => (compiles(args.join(" ")) ? {code: 1, timedOut: false, output: "kernel.c:1:1: error: no"} : effects().run(program, args, options))}), /^cc: kernel\.c:1:1: error: no$/],
  ["a width that is none", () => nativeLibrary({...effects(), environment: {...effects().environment, DRIFTBOOK_VECTOR_BITS: "100"}}), /^DRIFTBOOK_VECTOR_BITS: expected 128, 256 or 512, found "100"$/],
  ["no memory for its runner", () => failingLibrary(() => false, false), /^Array buffer allocation failed$/]
];

for (const [name, library, reason] of unavailable)
  test(`without native code (${name}) WebAssembly gives the same, and the report says why; where it must run there is one error`, async () => {
    const {pool, go} = waitingPool();
    const opened = library();
    const watched: NativeLibrary = {...opened, open: async (...words) => opened.open(...words).finally(() => setImmediate(go)), vectorBits: async () => opened.vectorBits().catch((error: unknown) => (setImmediate(go), Promise.reject(error)))};
    const {engine, reports} = smallWorkEngine({threads: 2}, {pool, library: watched});
    assert.deepEqual(await engine.simulate(walk, walkRequest), await ensemblesHere.simulate(walk, walkRequest));
    const [{nativeUnavailable, ...ran}] = reports as [(typeof reports)[number]];
    assert.match(nativeUnavailable!, reason);
    assert.deepEqual(ran, {dynamics: "walk", webAssemblyBlocks: walkBlocks, nativeBlocks: 0});
    await engine.close();
    const always = createEngine({threads: 2, native: "always"}, {library: library()});
    await assert.rejects(always.simulate(walk, walkRequest), (error: Error) => {
      const place = "walk: native code: expected to be available, found that it is not: ";
      assert.equal(error.message.slice(0, place.length), place);
      assert.match(error.message.slice(place.length), reason);
      return true;
    });
    await always.close();
  });

test("a narrower width that the environment asks for is run, with the same bytes", async () => {
  const {engine, reports} = smallWorkEngine({threads: 2, native: "always"}, {library: nativeLibrary({...effects(), environment: {...effects().environment, DRIFTBOOK_VECTOR_BITS: "128"}})});
  assert.deepEqual(await engine.simulate(walk, walkRequest), await ensemblesHere.simulate(walk, walkRequest));
  assert.match(reports[0]!.native!, /^128-bit vectors, /);
  await engine.close();
});

test("a text is compiled once by one library, at once or later, also in vain", async () => {
  const compiled: string[] = [];
  const run = (code: number): ReturnType<typeof effects>["run"] => async (program, args, options) => {
    if (!compiles(args.join(" "))) return effects().run(program, args, options);
    compiled.push(program);
    return {code, timedOut: false, output: "error: no"};
  };
  const library = nativeLibrary({...effects(), cacheFolder: `${effects().cacheFolder}/once`, run: run(1)});
  const open = (source: string, onlyCached: boolean) => library.open(source, {vectorBits: 128, onlyCached}).catch(({message}: Error) => message);
  assert.equal(await open("text", true), "this kernel was not compiled yet");
  assert.deepEqual(await Promise.all([open("text", false), open("text", false), open("text", true)]), Array(3).fill("cc: error: no"));
  assert.equal(await open("text", false), "cc: error: no");
  assert.equal(compiled.length, 1);
});
