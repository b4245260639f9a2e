import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { alignedMemory, kernelEffects, openNative, threadPoolSize } from "../../../src/engine/native/index.ts";
import { createCallQueue } from "../../../src/engine/native/call-queue.ts";
import { openKoffi } from "../../../src/engine/native/open-koffi.ts";
import { addingKernel, kernelMachine } from "./kernel-machine.ts";

const int32 = (memory: Uint8Array): Int32Array => new Int32Array(memory.buffer, memory.byteOffset, memory.length >> 2);

/** Waits until `condition` holds, at most 20 s; word 1 says whether it did. */
const waiting = (condition: string): string => `
  #include <stdint.h>
  #include <time.h>
  void run(unsigned char *memory, int32_t arguments) {
    int32_t *words = (int32_t *)memory;
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int met = 0;
    do {
      met = ${condition};
      clock_gettime(CLOCK_MONOTONIC, &now);
    } while (!met && now.tv_sec - start.tv_sec < 20);
    __atomic_add_fetch(words + 1, met, __ATOMIC_SEQ_CST);
  }`;

const stored = (word: number): string => `__atomic_load_n(words + ${word}, __ATOMIC_SEQ_CST)`;

const arrive = (own: number, other: number): string =>
  waiting(`(__atomic_store_n(words + ${own}, 1, __ATOMIC_SEQ_CST), ${stored(other)})`);

test("two kernels, and one kernel on every thread, run at the same time: each waits for the others", async (t) => {
  const { effects } = await kernelMachine(t);
  const left = await openNative(arrive(4, 5), {}, effects);
  const right = await openNative(arrive(5, 4), {}, effects);
  const memory = await alignedMemory(64);
  await Promise.all([left.kernel.run(memory, 0), right.kernel.run(memory, 0)]);
  assert.equal(int32(memory)[1], 2);

  const threads = threadPoolSize();
  const counting = waiting(`({
    static __thread int arrived = 0;
    if (!arrived) { arrived = 1; __atomic_add_fetch(words + 4, 1, __ATOMIC_SEQ_CST); }
    ${stored(4)} == ${threads};
  })`);
  const same = await openNative(counting, {}, effects);
  const shared = await alignedMemory(64);
  await Promise.all(Array.from({ length: threads }, () => same.kernel.run(shared, 0)));
  assert.equal(int32(shared)[1], threads);
});

test("the thread of JavaScript goes on while a kernel runs, and a memory in use is not collected", async (t) => {
  const { effects } = await kernelMachine(t);
  const { kernel } = await openNative(waiting(stored(4)), {}, effects);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const start = (): { ended: Promise<void>; buffer: WeakRef<ArrayBuffer> } => {
    const memory = new Uint8Array(1_000_000);
    return { ended: kernel.run(memory, 0), buffer: new WeakRef(memory.buffer) };
  };
  const { ended, buffer } = start();
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  const release = (): void => {
    const found = buffer.deref();
    assert.ok(found !== undefined, "the memory was collected under the kernel");
    Atomics.store(new Int32Array(found), 4, 1);
  };
  release();
  await ended;
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
  assert.equal(buffer.deref(), undefined);
});

test("a thousand calls at once all run, each on its own place", async (t) => {
  const { effects } = await kernelMachine(t);
  const { kernel } = await openNative(addingKernel, {}, effects);
  const memories = await Promise.all(Array.from({ length: 1000 }, () => alignedMemory(128)));
  memories.forEach((memory, i) => int32(memory).set([2, i], 0));
  await Promise.all(memories.map((memory) => kernel.run(memory, 0)));
  assert.deepEqual(
    memories.map((memory) => [...int32(memory).subarray(16, 19)]),
    memories.map((_, i) => [i, i, 0]),
  );
});

test("a call reads its arguments where it is told, in any kind of buffer", async (t) => {
  const { effects } = await kernelMachine(t);
  const { kernel } = await openNative(addingKernel, {}, effects);
  for (const memory of [
    new Uint8Array(128),
    new Uint8Array(new SharedArrayBuffer(128)),
    new Uint8Array(new ArrayBuffer(256), 64, 128),
    new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer),
  ]) {
    int32(memory).set([1, 7], 30 - 2);
    await kernel.run(memory, 4 * 28);
    assert.deepEqual([...int32(memory).subarray(15, 18)], [0, 7, 0]);
  }
});

for (const offset of [-1, 128, 0.5, NaN, 2 ** 31, "0" as unknown as number]) {
  test(`an offset of ${JSON.stringify(offset)} is refused before anything runs`, async (t) => {
    const { effects } = await kernelMachine(t);
    const { kernel } = await openNative(addingKernel, {}, effects);
    await assert.rejects(kernel.run(new Uint8Array(128), offset), {
      name: "RangeError",
      message: `offset of the kernel's arguments: expected an integer in [0, 128), found ${offset}`,
    });
  });
}

test("memory that was taken away is refused", async (t) => {
  const { effects } = await kernelMachine(t);
  const { kernel } = await openNative(addingKernel, {}, effects);
  const memory = new Uint8Array(128);
  structuredClone(memory, { transfer: [memory.buffer] });
  await assert.rejects(kernel.run(memory, 0), { name: "RangeError", message: /in \[0, 0\), found 0$/ });
});

test("memory that is taken away from a call that waits is refused, too", async (t) => {
  const { effects } = await kernelMachine(t);
  const { kernel } = await openNative(waiting(stored(4)), {}, effects);
  const memories = await Promise.all(Array.from({ length: threadPoolSize() }, () => alignedMemory(64)));
  const running = memories.map((memory) => kernel.run(memory, 0));
  const memory = new Uint8Array(64);
  const refused = assert.rejects(kernel.run(memory, 0), { name: "RangeError" });
  structuredClone(memory, { transfer: [memory.buffer] });
  for (const each of memories) Atomics.store(int32(each), 4, 1);
  await Promise.all(running);
  await refused;
});

test("memory of every length starts at a multiple of 64 and is zero", async (t) => {
  const { effects } = await kernelMachine(t);
  const { koffi } = await openKoffi(effects);
  for (const bytes of [1, 2, 63, 64, 65, 100, 4096, 65_537, 1_000_003, 50_000_000]) {
    const memory = await alignedMemory(bytes, effects);
    assert.equal(memory.length, bytes);
    assert.equal(koffi.address(memory) % 64n, 0n, `${bytes} bytes`);
    assert.ok(memory.every((value) => value === 0));
  }
});

test("memory stays where it is while others are made and collected", async () => {
  const { koffi } = await openKoffi(kernelEffects);
  const memory = await alignedMemory(1000);
  const address = koffi.address(memory);
  for (let i = 0; i < 200; i++) new Uint8Array(1_000_000).fill(i);
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  assert.equal(koffi.address(memory), address);
});

for (const bytes of [0, -64, 1.5, NaN, Infinity]) {
  test(`a memory of ${bytes} bytes is refused`, async () => {
    await assert.rejects(alignedMemory(bytes), {
      name: "RangeError",
      message: `bytes of a kernel's memory: expected a positive integer, found ${bytes}`,
    });
  });
}

test("a queue runs as many calls as it may, in order, and goes on after one that fails", async () => {
  const queue = createCallQueue(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const fails: (() => void)[] = [];
  const calls = [0, 1, 2, 3].map((i) =>
    queue(
      () =>
        new Promise<number>((resolve, reject) => {
          started.push(i);
          ends[i] = () => resolve(i);
          fails[i] = () => reject(new Error(`call ${i}`));
        }),
    ),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  assert.deepEqual(started, [0, 1]);
  const failed = assert.rejects(calls[1]!, /call 1/);
  fails[1]!();
  await failed;
  await settle();
  assert.deepEqual(started, [0, 1, 2]);
  ends[0]!();
  ends[2]!();
  await settle();
  ends[3]!();
  assert.deepEqual(await Promise.all([calls[0], calls[2], calls[3]]), [0, 2, 3]);
});
