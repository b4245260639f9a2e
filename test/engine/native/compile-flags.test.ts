import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { findCompiler } from "../../../src/engine/native/index.ts";
import { compileFlags } from "../../../src/engine/native/compile-flags.ts";
import { kernelMachine } from "./kernel-machine.ts";

const registers = { 128: /%xmm/, 256: /%ymm/, 512: /%zmm/ } as const;

for (const bits of [128, 256, 512] as const) {
  test(`${bits} bits on x86-64 are whole registers, a root is one instruction and nothing is fused`, async (t) => {
    const { effects } = await kernelMachine(t);
    const { program, args } = await findCompiler(effects);
    const native = effects.platform.endsWith("-x64");
    const flags = compileFlags(native ? effects.platform : "linux-x64", bits);
    const source = `
      typedef float lanes __attribute__((vector_size(${bits / 8})));
      void run(unsigned char *memory, int arguments) {
        lanes *x = (lanes *)memory;
        *x = *x * x[1] + x[2];
        float *y = (float *)(memory + arguments);
        *y = __builtin_sqrtf(*y);
      }`;
    await files.writeFile(path.join(effects.cacheFolder, "kernel.c"), source);
    const target = native ? [] : ["--target=x86_64-linux-gnu"];
    const command = [...args, ...target, ...flags.filter((flag) => flag !== "-shared"), "-S", "-o", "-", "kernel.c"];
    const { code, output } = await effects.run(program, command, { cwd: effects.cacheFolder, timeLimit: 60 });
    assert.equal(code, 0, output);
    assert.equal(output.match(/v?mulps\b/g)?.length, 1, output);
    assert.match(output.split("\n").find((line) => /mulps/.test(line))!, registers[bits]);
    assert.match(output, /sqrtss/);
    assert.doesNotMatch(output, /fmadd|call|jmp\s+sqrtf/);
  });
}
