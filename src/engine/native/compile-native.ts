import { createHash } from "node:crypto";
import path from "node:path";
import { compileFlags } from "./compile-flags.ts";
import { findCompiler } from "./find-compiler.ts";
import type { Compiler } from "./find-compiler.ts";
import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";
import { openKernelStore } from "./kernel-store.ts";
import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { oneLine } from "./one-line.ts";
import type { VectorBits } from "./vector-bits.ts";

export interface CompileOptions {
  /** The width that the C text is written for. */
  readonly vectorBits: VectorBits;
  /** The compiler, if it is known already; `findCompiler` otherwise. */
  readonly compiler?: Compiler;
  /** Takes the library only if it was compiled before. */
  readonly onlyCached?: boolean;
}

/** A library on disk whose bytes were checked. */
export interface CompiledLibrary {
  readonly path: string;
  readonly compiler: Compiler;
  /** Was it compiled before? */
  readonly cached: boolean;
}

const timeLimit = 60;

const firstError = (output: string): string =>
  oneLine(output.split(/\r?\n/).find((line) => /\b(error|No space left)\b/i.test(line)) ?? output);

const fileReason = (error: unknown, folder: string): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return `${folder}: the disk is full, free some space`;
  return `${folder}: the compiled kernel could not be kept (${oneLine(message)})`;
};

/**
 * Compiles C text to a shared library in the user's cache folder, or finds the library there. Its key is the SHA-256
 * of the text, the flags, the arguments in `$CC`, the compiler's version line, the width and the platform.
 * @throws NativeUnavailableError without a compiler, for a text that does not compile or not within 60 s, a full
 * disk, an unknown platform; RangeError for what is no width
 */
export const compileNative = async (
  source: string,
  { vectorBits, compiler: known, onlyCached = false }: CompileOptions,
  effects: KernelEffects = kernelEffects,
): Promise<CompiledLibrary> => {
  const flags = compileFlags(effects.platform, vectorBits);
  const compiler = known ?? (await findCompiler(effects));
  const { program, args, version } = compiler;
  const identity = ["driftbook kernel 1", source, args, flags, version, vectorBits, effects.platform];
  const key = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  const store = openKernelStore(effects);

  const compile = async (folder: string, name: string): Promise<void> => {
    await effects.files.writeFile(path.join(folder, "kernel.c"), source);
    const environment = { ...effects.environment, LC_ALL: "C", TMPDIR: folder };
    const options = { cwd: folder, environment, timeLimit };
    const { code, timedOut, output } = await effects.run(program, [...args, ...flags, "-o", name, "kernel.c"], options);
    if (timedOut) throw new NativeUnavailableError(`${program}: stopped after ${timeLimit} s of compiling a kernel`);
    if (code !== 0) throw new NativeUnavailableError(`${program}: ${firstError(output)}`);
  };

  try {
    const found = await store.find(key);
    if (found !== undefined) return { path: found, compiler, cached: true };
    if (onlyCached) throw new NativeUnavailableError("this kernel was not compiled yet");
    return { path: await store.keep(key, compile), compiler, cached: false };
  } catch (error) {
    if (error instanceof NativeUnavailableError) throw error;
    throw new NativeUnavailableError(fileReason(error, effects.cacheFolder), { cause: error });
  }
};
