import assert from "node:assert/strict";
import {test} from "node:test";
import {nativeLibrary} from "../../src/engine/native-library.ts";
import type {NativeLibrary} from "../../src/engine/native-library.ts";
import {createWorkerPool} from "../../src/engine/worker-pool.ts";
import type {WorkerPool} from "../../src/engine/worker-pool.ts";
import {ensemblesHere} from "../../src/kernels/index.ts";
import type {Ensembles, RealArray} from "../../src/kernels/index.ts";
import {catalogue, position, sharedKernelCache, smallWorkEngine, walk, walkBlocks, walkRequest} from "./engine-cases.ts";

const effects = sharedKernelCache();

const digits = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** Names of ensembles of every kind, for what is too slow to do with all. */
const chosen = ["float32: every operation, sums from replica 1000 on", "float32: first passages with refilled lanes, some censored", "float64: table without replacement", "float64: first passages, some diverged"];
const someEntries = catalogue.filter(({name}) => chosen.includes(name));

for (const threads of [1, 2, 3])
  test(`${threads} threads give the bytes of one thread without workers`, async () => {
    const {engine, reports} = smallWorkEngine({threads, native: "never"});
    for (const entry of catalogue) assert.equal(digits(await entry.run(engine)), digits(await entry.run(ensemblesHere)), entry.name);
    assert.ok(reports.every(({nativeBlocks, webAssemblyBlocks}) => nativeBlocks === 0 && webAssemblyBlocks > 0));
    await engine.close();
  });

test("native code gives the bytes of WebAssembly, and runs every block where it must", async () => {
  const {engine, reports} = smallWorkEngine({threads: 2, native: "always"}, {library: nativeLibrary(effects())});
  for (const entry of someEntries) assert.equal(digits(await entry.run(engine)), digits(await entry.run(ensemblesHere)), entry.name);
  assert.equal(reports.length, chosen.length);
  for (const {native, nativeBlocks, webAssemblyBlocks} of reports) {
    assert.match(native!, /^(128|256|512)-bit vectors, \S/);
    assert.ok(nativeBlocks > 0 && webAssemblyBlocks === 0);
  }
  await engine.close();
});

/** Parts under which native code becomes ready after two blocks, while the threads wait for it with the next. */
function switchingParts(threads: number): {readonly pool: WorkerPool; readonly library: NativeLibrary} {
  const [pool, library] = [createWorkerPool(threads), nativeLibrary(effects())];
  let run = 0;
  let tellTwoRan: () => void;
  let tellReady: () => void;
  const twoRan = new Promise<void>((resolve) => (tellTwoRan = resolve));
  const ready = new Promise<void>((resolve) => (tellReady = resolve));
  return {
    pool: {
      open(module, job) {
        const runner = pool.open(module, job);
        return {
          ...runner,
          async run(callArguments) {
            if (run++ >= 2) await ready;
            const results = await runner.run(callArguments);
            if (run >= 2) tellTwoRan();
            return results;
          }
        };
      },
      close: () => pool.close()
    },
    library: {
      vectorBits: () => library.vectorBits(),
      async open(source, options) {
        const program = await library.open(source, options);
        await twoRan;
        return {
          ...program,
          async runner(job, atOnce) {
            const runner = await program.runner(job, atOnce);
            setImmediate(tellReady);
            return runner;
          }
        };
      }
    }
  };
}

for (const precision of ["float32", "float64"] as const) {
  const kinds: Readonly<Record<string, (ensembles: Ensembles) => Promise<unknown>>> = {
    states: (ensembles) => ensembles.simulate(walk, {...walkRequest, precision}),
    samples: (ensembles) => ensembles.simulate(walk, {...walkRequest, precision, observe: position, every: 6}),
    sums: (ensembles) => ensembles.simulate(walk, {...walkRequest, precision, observe: position, every: 6, samples: "sums"}),
    "first passages": (ensembles) => ensembles.firstPassages(walk, {...walkRequest, precision, quantity: position, levels: [0.5, 2], record: position})
  };
  for (const [kind, run] of Object.entries(kinds))
    test(`${precision} ${kind} are the same where native code takes over in the middle`, async () => {
      const {engine, reports} = smallWorkEngine({threads: 2}, switchingParts(2));
      assert.deepEqual(await run(engine), await run(ensemblesHere));
      const [{webAssemblyBlocks, nativeBlocks, native, nativeUnavailable}] = reports as [(typeof reports)[number]];
      assert.ok(webAssemblyBlocks >= 2 && nativeBlocks >= 2, `${webAssemblyBlocks} and ${nativeBlocks}`);
      assert.equal(webAssemblyBlocks + nativeBlocks, walkBlocks);
      assert.match(native!, /-bit vectors/);
      assert.equal(nativeUnavailable, undefined);
      await engine.close();
    });
}

test("first passages are the same in blocks of other sizes", async () => {
  const request = {...walkRequest, replicas: 5000, quantity: position, levels: [0.5, 2]};
  const totals = new Set<number>();
  const expected = await ensemblesHere.firstPassages(walk, request, {progress: (_, total) => totals.add(total)});
  for (const threads of [1, 2]) {
    const {engine} = smallWorkEngine({threads, native: "never"});
    assert.deepEqual(await engine.firstPassages(walk, request, {progress: (_, total) => totals.add(total)}), expected);
    await engine.close();
  }
  assert.equal(totals.size, 3);
});

test("few replicas are shared by the threads, and stay the same", async () => {
  const {engine, reports} = smallWorkEngine({threads: 3, native: "never"});
  for (const replicas of [1, 64, 65, 200]) {
    const request = {...walkRequest, replicas};
    assert.deepEqual(await engine.simulate(walk, request), await ensemblesHere.simulate(walk, request));
  }
  assert.deepEqual(reports.map(({webAssemblyBlocks}) => webAssemblyBlocks), [1, 1, 2, 2]);
  await engine.close();
});

test("sums do not depend on the order in which blocks finish", async () => {
  const pool = createWorkerPool(2);
  const order: number[] = [];
  const later = new Map<number, () => void>();
  const swapping: WorkerPool = {
    open(module, job) {
      const runner = pool.open(module, job);
      return {
        ...runner,
        async run(callArguments) {
          const block = callArguments[0]! / 256;
          const odd = block % 2 === 0 ? new Promise<void>((resolve) => later.set(block + 1, resolve)) : undefined;
          const results = await runner.run(callArguments);
          await odd;
          order.push(block);
          setImmediate(() => later.get(block)?.());
          return results;
        }
      };
    },
    close: () => pool.close()
  };
  const request = {...walkRequest, observe: position, samples: "sums"} as const;
  const {engine} = smallWorkEngine({threads: 2, native: "never"}, {pool: swapping});
  assert.deepEqual(await engine.simulate(walk, request), await ensemblesHere.simulate(walk, request));
  assert.deepEqual(order, [1, 0, 3, 2, 5, 4, 7, 6]);
  await engine.close();
});

/** Replicas [first, first + count) of (rows, replicas). */
function slice<T extends RealArray | Int32Array>(values: T, replicas: number, first: number, count: number): number[] {
  return Array.from({length: values.length / replicas}, (_, row) => [...values.subarray(row * replicas + first, row * replicas + first + count)]).flat();
}

test("replicas that are added leave the first as they were, and a range is a slice of the whole", async () => {
  const {engine} = smallWorkEngine({threads: 2, native: "never"});
  const observed = {...walkRequest, observe: position, every: 5};
  const passing = {...walkRequest, quantity: observed.observe, record: observed.observe, levels: [0.25, 1.5]};
  const [whole, passed] = [await engine.simulate(walk, observed), await engine.firstPassages(walk, passing)];
  for (const {first, count} of [{first: 0, count: 700}, {first: 0, count: 1}, {first: 131, count: 1000}, {first: 1999, count: 1}]) {
    const part = await engine.simulate(walk, {...observed, replicas: {first, count}});
    assert.deepEqual([...part.state.x!], slice(whole.state.x!, 2000, first, count));
    assert.deepEqual([...part.samples.x!], slice(whole.samples.x!, 2000, first, count));
    const passages = await engine.firstPassages(walk, {...passing, replicas: {first, count}});
    for (const name of ["passages", "ends"] as const) assert.deepEqual([...passages[name]], slice(passed[name], 2000, first, count));
    assert.deepEqual(passages.reasons, passed.reasons.slice(first, first + count));
    assert.deepEqual([...passages.atPassage.x!], slice(passed.atPassage.x!, 2000, first, count));
  }
  await engine.close();
});

for (const native of ["never", "auto"] as const)
  test(`many ensembles at once are what they are one after the other, native code ${native}`, async () => {
    const {engine} = smallWorkEngine({threads: 2, native}, {library: nativeLibrary(effects())});
    const entries = [...someEntries, ...catalogue.filter(({name}) => name.includes("streaming regression")).slice(0, 3)];
    const alone: string[] = [];
    for (const entry of entries) alone.push(digits(await entry.run(engine)));
    for (let round = 0; round < 3; round++) assert.deepEqual((await Promise.all(entries.map((entry) => entry.run(engine)))).map(digits), alone);
    await engine.close();
  });
