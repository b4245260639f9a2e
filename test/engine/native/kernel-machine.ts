import * as files from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { kernelEffects } from "../../../src/engine/native/index.ts";
import type { KernelEffects } from "../../../src/engine/native/index.ts";

type Run = KernelEffects["run"];

/** The real machine with an empty cache in a temporary folder, and the programs that ran on it. */
export interface KernelMachine {
  readonly effects: KernelEffects;
  /** The programs that ran, one line each. */
  readonly ran: string[];
  /** The files in its cache, as paths from the folder of kernels. */
  kept(): Promise<string[]>;
}

export const kernelMachine = async (t: TestContext, change: Partial<KernelEffects> = {}): Promise<KernelMachine> => {
  const cacheFolder = await files.mkdtemp(path.join(os.tmpdir(), "driftbook-kernels-"));
  t.after(() => files.rm(cacheFolder, { recursive: true, force: true }));
  const ran: string[] = [];
  const { PATH, UV_THREADPOOL_SIZE } = kernelEffects.environment;
  const base: KernelEffects = { ...kernelEffects, environment: { PATH, UV_THREADPOOL_SIZE }, cacheFolder, ...change };
  const run: Run = (program, args, options) => {
    ran.push([program, ...args].join(" "));
    return base.run(program, args, options);
  };
  const kept = async (): Promise<string[]> => {
    const root = path.join(cacheFolder, "kernels");
    const names = await files.readdir(root, { recursive: true });
    const stats = await Promise.all(names.map((name) => files.stat(path.join(root, name))));
    return names.filter((_, i) => stats[i]!.isFile());
  };
  return { effects: { ...base, run }, ran, kept };
};

/** Answers of programs, by a part of their command line; the rest there is not. */
export const pretend =
  (answers: Readonly<Record<string, string>>): Run =>
  async (program, args) => {
    const line = [program, ...args].join(" ");
    const output = Object.entries(answers).find(([part]) => line.includes(part))?.[1];
    if (output === undefined) return { code: -1, timedOut: false, output: `spawn ${program} ENOENT` };
    return { code: 0, timedOut: false, output };
  };

/** Does the command line compile, rather than ask for a version? */
export const compiles = (line: string): boolean => line.includes("kernel.c");

/** A kernel that adds the second of its arguments to as many int32 at offset 64 as the first says. */
export const addingKernel = `
#include <stdint.h>
void run(unsigned char *memory, int32_t arguments) {
  const int32_t *values = (const int32_t *)(memory + arguments);
  int32_t *numbers = (int32_t *)(memory + 64);
  for (int32_t i = 0; i < values[0]; i++) numbers[i] += values[1];
}
`;
