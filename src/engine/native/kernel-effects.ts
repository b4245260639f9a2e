import * as files from "node:fs/promises";
import process from "node:process";
import envPaths from "env-paths";
import { runProgram } from "./run-program.ts";
import type { RunProgram } from "./run-program.ts";

/** The part of koffi, the foreign-function library, that kernels need. */
export type Koffi = Pick<typeof import("koffi"), "address" | "config" | "load">;

type Files = Pick<
  typeof files,
  "mkdir" | "mkdtemp" | "open" | "readFile" | "readdir" | "rename" | "rm" | "stat" | "writeFile"
>;

/** What kernels compiled to native code need from outside. */
export interface KernelEffects {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's cache folder of this project. */
  readonly cacheFolder: string;
  /** Operating system and processor, such as `linux-x64`. */
  readonly platform: string;
  readonly run: RunProgram;
  /** Loads koffi; nothing else does. */
  loadKoffi(): Promise<Koffi>;
  /** Seconds of a clock that never goes back. */
  seconds(): number;
}

/** The machine's own effects. */
export const kernelEffects: KernelEffects = {
  files,
  environment: process.env,
  cacheFolder: envPaths("driftbook", { suffix: "" }).cache,
  platform: `${process.platform}-${process.arch}`,
  run: runProgram,
  loadKoffi: async () => (await import("koffi")).default,
  seconds: () => performance.now() / 1000,
};
