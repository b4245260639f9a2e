import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelEffects, threadPoolSize, vectorBits } from "../../../src/engine/native/index.ts";
import type { KernelEffects } from "../../../src/engine/native/index.ts";
import { pretend } from "./kernel-machine.ts";

const base = "fpu vme sse sse2 ss ht pni ssse3 cx16 sse4_1 sse4_2 movbe popcnt aes xsave avx f16c";
const cpuinfo = (flags: string): string =>
  [
    "processor\t: 0",
    "vendor_id\t: GenuineIntel",
    "model name\t: avx512f avx512dq",
    `flags\t\t: ${flags}`,
    "vmx flags\t: vnmi avx2",
    "bugs\t\t:",
    "\n",
  ].join("\n");

const machine = (text: string, environment: Record<string, string> = {}): KernelEffects => {
  const readFile = async (name: string) => {
    assert.equal(name, "/proc/cpuinfo");
    return text;
  };
  const files = { ...kernelEffects.files, readFile } as unknown as KernelEffects["files"];
  return { ...kernelEffects, platform: "linux-x64", environment, files };
};

const skylake = cpuinfo(`${base} avx2 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl`);
const haswell = cpuinfo(`${base} fma avx2 bmi1 bmi2`);

for (const [name, text, expected] of [
  ["AVX-512 F, DQ, BW and VL", skylake, 512],
  ["no AVX-512 BW", cpuinfo(`${base} avx2 avx512f avx512dq avx512vl`), 256],
  ["no AVX-512 VL", cpuinfo(`${base} avx2 avx512f avx512dq avx512bw avx512_vl`), 256],
  ["AVX2", haswell, 256],
  ["AVX alone", cpuinfo(base), 128],
  ["a flag that only begins like AVX2", cpuinfo(`${base} avx2_vnni`), 128],
  ["no flags", "processor\t: 0\nFeatures\t: fp asimd\n", 128],
  ["nothing", "", 128],
] as const) {
  test(`${name}: ${expected} bits`, async () => {
    assert.equal(await vectorBits(machine(text)), expected);
  });
}

test("arm64, an unknown platform and flags that cannot be read have 128 bits", async () => {
  const unreadable = machine(skylake);
  const readFile = (async () => Promise.reject(new Error("EACCES"))) as unknown as KernelEffects["files"]["readFile"];
  assert.equal(await vectorBits({ ...unreadable, files: { ...unreadable.files, readFile } }), 128);
  for (const platform of ["linux-arm64", "darwin-arm64", "freebsd-x64"]) {
    assert.equal(await vectorBits({ ...machine(skylake), platform }), 128, platform);
  }
});

test("macOS is asked by sysctl", async () => {
  const features = "FPU VME SSE4.1 SSE4.2 AVX1.0\n";
  const asked = (output: string): KernelEffects => {
    const run = pretend({ "sysctl -n machdep.cpu.features machdep.cpu.leaf7_features": output });
    return { ...machine(""), platform: "darwin-x64", run };
  };
  assert.equal(await vectorBits(asked(`${features}RDWRFSGS BMI1 AVX2 AVX512F AVX512DQ AVX512BW AVX512VL\n`)), 512);
  assert.equal(await vectorBits(asked(`${features}RDWRFSGS BMI1 AVX2 BMI2\n`)), 256);
  assert.equal(await vectorBits({ ...asked(""), run: pretend({}) }), 128);
});

test("the override lowers the width and never raises it", async () => {
  const of = (text: string, bits: string) => vectorBits(machine(text, { DRIFTBOOK_VECTOR_BITS: bits }));
  assert.equal(await of(skylake, "128"), 128);
  assert.equal(await of(skylake, "256"), 256);
  assert.equal(await of(skylake, "512"), 512);
  assert.equal(await of(skylake, ""), 512);
  assert.equal(await of(haswell, "512"), 256);
  assert.equal(await of("", "256"), 128);
});

for (const value of ["64", "1024", "256 ", "0x100", "-128", "wide", "1e2", "128.0"]) {
  test(`the override ${JSON.stringify(value)} is refused`, async () => {
    await assert.rejects(vectorBits(machine(skylake, { DRIFTBOOK_VECTOR_BITS: value })), {
      name: "RangeError",
      message: `DRIFTBOOK_VECTOR_BITS: expected 128, 256 or 512, found ${JSON.stringify(value)}`,
    });
  });
}

test("the pool has 4 threads unless the environment says otherwise", () => {
  const size = (text: string | undefined) => threadPoolSize({ environment: { UV_THREADPOOL_SIZE: text } });
  assert.deepEqual([undefined, "8", "0", "5000", "many"].map(size), [4, 8, 1, 1024, 1]);
});
