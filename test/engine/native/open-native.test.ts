import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { alignedMemory, NativeUnavailableError, openNative, vectorBits } from "../../../src/engine/native/index.ts";
import type { KernelEffects } from "../../../src/engine/native/index.ts";
import { addingKernel, compiles, kernelMachine } from "./kernel-machine.ts";

const add = async (opened: Awaited<ReturnType<typeof openNative>>): Promise<number[]> => {
  const memory = await alignedMemory(128);
  const numbers = new Int32Array(memory.buffer, memory.byteOffset, 32);
  numbers.set([3, 40], 8);
  numbers.set([1, 2, 3, 4], 16);
  await opened.kernel.run(memory, 32);
  return [...numbers.subarray(16, 20)];
};

test("a text is compiled and called; the second time it is found without the compiler", async (t) => {
  const { effects, ran, kept } = await kernelMachine(t);
  const first = await openNative(addingKernel, {}, effects);
  assert.equal(first.cached, false);
  assert.equal(first.vectorBits, await vectorBits(effects));
  assert.deepEqual(await add(first), [41, 42, 43, 4]);
  assert.equal(ran.filter(compiles).length, 1);
  const [library, ...others] = await kept();
  assert.match(library!, /^[0-9a-f]{64}\/[0-9a-f]{64}\.so$/);
  assert.deepEqual(others, []);

  const gone = { code: 1, timedOut: false, output: "error: gone" };
  const broken: KernelEffects["run"] = async (program, args, options) =>
    compiles(args.join(" ")) ? gone : effects.run(program, args, options);
  const second = await openNative(addingKernel, {}, { ...effects, run: broken });
  assert.equal(second.cached, true);
  assert.equal(second.compiler, first.compiler);
  assert.deepEqual(await add(second), [41, 42, 43, 4]);
});

test("another text, width, version or argument of the compiler is another kernel", async (t) => {
  const { effects, ran, kept } = await kernelMachine(t);
  const compiler = { program: "cc", args: [], version: "one" };
  const open = (source: string, change: object = {}) =>
    openNative(source, { vectorBits: 128, compiler, ...change }, effects);
  assert.equal((await open(addingKernel)).cached, false);
  assert.equal((await open(`${addingKernel}\n`)).cached, false);
  assert.equal((await open(addingKernel, { compiler: { ...compiler, version: "two" } })).cached, false);
  assert.equal((await open(addingKernel, { compiler: { ...compiler, args: ["-g"] } })).cached, false);
  assert.equal((await open(addingKernel)).cached, true);
  assert.equal(ran.filter(compiles).length, 4);
  assert.equal(new Set((await kept()).map((name) => path.dirname(name))).size, 4);
});

for (const [damage, spoil] of [
  ["a bit is flipped", (bytes: Buffer) => bytes.fill(bytes[2000]! ^ 1, 2000, 2001)],
  ["its end is cut off", (bytes: Buffer) => bytes.subarray(0, 5000)],
  ["it is empty", () => Buffer.alloc(0)],
] as const) {
  test(`a library is compiled again when ${damage}`, async (t) => {
    const { effects, ran, kept } = await kernelMachine(t);
    await openNative(addingKernel, {}, effects);
    const file = path.join(effects.cacheFolder, "kernels", (await kept())[0]!);
    const whole = await files.readFile(file);
    await files.rm(file);
    await files.writeFile(file, spoil(Buffer.from(whole)));
    const again = await openNative(addingKernel, {}, effects);
    assert.equal(again.cached, false);
    assert.deepEqual(await add(again), [41, 42, 43, 4]);
    assert.equal(ran.filter(compiles).length, 2);
    assert.equal((await openNative(addingKernel, {}, effects)).cached, true);
  });
}

test("eight that compile the same kernel at once all have it, and one library is kept", async (t) => {
  const { effects, kept } = await kernelMachine(t);
  const opened = await Promise.all(Array.from({ length: 8 }, () => openNative(addingKernel, {}, effects)));
  for (const each of opened) assert.deepEqual(await add(each), [41, 42, 43, 4]);
  assert.equal((await kept()).length, 1);
});

test("a width above the processor's or the override's is refused before the compiler is asked", async (t) => {
  const { effects, ran } = await kernelMachine(t, { environment: { DRIFTBOOK_VECTOR_BITS: "128" } });
  await assert.rejects(openNative(addingKernel, { vectorBits: 256 }, effects), {
    name: "NativeUnavailableError",
    message: "vectors of 256 bits: this run has at most 128",
  });
  assert.deepEqual(ran, []);
});

test("every width that the processor has gives the same IEEE bits, without fused multiply-adds", async (t) => {
  const { effects } = await kernelMachine(t);
  const kernel = (bits: number) => `
    #include <stdint.h>
    typedef float lanes __attribute__((vector_size(${bits / 8})));
    typedef double wide __attribute__((vector_size(${bits / 8})));
    enum { vectors = 512 / ${bits / 8} };
    void run(unsigned char *memory, int32_t arguments) {
      lanes *x = (lanes *)memory;
      for (int i = 0; i < vectors; i++) x[i] = x[i] * x[i] + (x[i] - 0.1f) / x[i + vectors];
      wide *y = (wide *)(memory + 1024);
      for (int i = 0; i < vectors; i++) y[i] = y[i] * y[i] + (y[i] - 0.1) / y[i + vectors];
    }`;
  const values = (length: number): number[] =>
    Array.from({ length }, (_, i) => (i < length / 2 ? 0 : 1) + ((37 * i) % 101) / 101);
  const x = Float32Array.from(values(256));
  x.set([1e-39, -1e-45, 0, -0, Infinity, 3e38], 0);
  const y = Float64Array.from(values(128));
  y.set([1e-310, -5e-324, 0, -0, Infinity, 1e308], 0);
  const { fround } = Math;
  const inFloat32 = (a: number, b: number): number =>
    fround(fround(a * a) + fround(fround(a - fround(0.1)) / b));
  const expected32 = x.map((value, i) => (i < 128 ? inFloat32(value, x[i + 128]!) : value));
  const expected64 = y.map((value, i) => (i < 64 ? value * value + (value - 0.1) / y[i + 64]! : value));
  const widest = await vectorBits(effects);
  for (const bits of [128, 256, 512] as const) {
    if (bits > widest) continue;
    const { kernel: native } = await openNative(kernel(bits), { vectorBits: bits }, effects);
    const memory = await alignedMemory(2048);
    memory.set(new Uint8Array(x.buffer));
    memory.set(new Uint8Array(y.buffer), 1024);
    await native.run(memory, 0);
    const copy = memory.slice();
    assert.deepEqual(new Float32Array(copy.buffer, 0, 256), expected32, `float32 with ${bits} bits`);
    assert.deepEqual(new Float64Array(copy.buffer, 1024), expected64, `float64 with ${bits} bits`);
  }
});

test("of a compiler with fast-math in $CC the exact arithmetic is left", async (t) => {
  const { effects } = await kernelMachine(t);
  const { PATH } = effects.environment;
  const environment = { PATH, CC: "cc -Ofast -ffast-math -funsafe-math-optimizations -mfma -ffp-contract=fast" };
  const source = `
    #include <stdint.h>
    void run(unsigned char *memory, int32_t arguments) {
      volatile float *x = (volatile float *)memory;
      float a = x[0], b = x[1], c = x[2];
      x[3] = (a + b) - a;
      x[4] = a / c * c;
      x[5] = b * 1e-30f;
      x[6] = a * a + c;
    }`;
  const { kernel } = await openNative(source, { vectorBits: 128 }, { ...effects, environment });
  const memory = await alignedMemory(28);
  const x = new Float32Array(memory.buffer, memory.byteOffset, 7);
  x.set([1.1, 1e-10, 0.3]);
  await kernel.run(memory, 0);
  const { fround } = Math;
  const [a, b, c] = x as unknown as [number, number, number];
  const expected = [
    fround(fround(a + b) - a),
    fround(fround(a / c) * c),
    fround(b * fround(1e-30)),
    fround(fround(a * a) + c),
  ];
  assert.deepEqual([...x.subarray(3)], expected);
  assert.notEqual(x[5], 0);
  const denormal = new Float64Array([1e-310, 2]);
  assert.notEqual(denormal[0]! / denormal[1]!, 0, "loading the kernel flushes denormals to zero");
});

test("without koffi there is one reason", async (t) => {
  const loadKoffi = (): never => {
    throw new Error("Cannot find the native Koffi module; did you bundle it correctly?\nmore");
  };
  const { effects } = await kernelMachine(t, { loadKoffi });
  await assert.rejects(openNative(addingKernel, {}, effects), (error: Error) => {
    assert.ok(error instanceof NativeUnavailableError);
    assert.equal(
      error.message,
      "koffi cannot be loaded: Cannot find the native Koffi module; did you bundle it correctly?",
    );
    return true;
  });
});

test("nothing loads koffi before a kernel is loaded", async (t) => {
  const { effects } = await kernelMachine(t);
  const room = new URL("../../../src/engine/native/index.ts", import.meta.url).href;
  const script = `
    const {vectorBits, openNative, kernelEffects} = await import(${JSON.stringify(room)});
    const loaded = () => process.report.getReport().sharedObjects.some((name) => name.includes("koffi"));
    const effects = {...kernelEffects, environment: {...process.env, CC: ""}, cacheFolder: process.argv.at(-1)};
    await vectorBits(effects);
    await openNative("error", {}, effects).catch(() => {});
    const before = loaded();
    await openNative(${JSON.stringify(addingKernel)}, {}, effects);
    console.log(before, loaded());`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script, effects.cacheFolder];
  const { output } = await effects.run(process.execPath, args, { timeLimit: 60, environment: process.env });
  assert.equal(output.trim(), "false true");
});
