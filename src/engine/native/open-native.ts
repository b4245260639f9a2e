import { compileNative } from "./compile-native.ts";
import type { Compiler } from "./find-compiler.ts";
import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";
import { loadNative } from "./load-native.ts";
import type { NativeKernel } from "./load-native.ts";
import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { vectorBits as widestVectors } from "./vector-bits.ts";
import type { VectorBits } from "./vector-bits.ts";

export interface NativeOptions {
  /** The width that the C text is written for, at most what `vectorBits` gives, which it is by default. */
  readonly vectorBits?: VectorBits;
  /** The compiler, if it is known already; `findCompiler` otherwise. */
  readonly compiler?: Compiler;
  /** Takes the kernel only if it was compiled before. */
  readonly onlyCached?: boolean;
}

/** A kernel and how it came about. */
export interface OpenedNative {
  readonly kernel: NativeKernel;
  readonly vectorBits: VectorBits;
  /** The first line of the compiler's `--version`. */
  readonly compiler: string;
  /** Was it compiled before? */
  readonly cached: boolean;
  /** Seconds from the call until the kernel could be called. */
  readonly seconds: number;
}

/**
 * Turns C text into a kernel: compiled with exact floating-point arithmetic, kept in the user's cache folder, loaded.
 *
 * The text is C11 with GCC's vector extensions. It exports `void run(unsigned char *memory, int32_t arguments)`,
 * calls nothing outside itself, touches `memory` alone and needs less than 1 MiB of stack. It is trusted: it runs in
 * this process and can end it.
 * @throws NativeUnavailableError, whose message is one line, whenever there can be no kernel; RangeError for a value
 * of `DRIFTBOOK_VECTOR_BITS` that is no width
 */
export const openNative = async (
  source: string,
  options: NativeOptions = {},
  effects: KernelEffects = kernelEffects,
): Promise<OpenedNative> => {
  const start = effects.seconds();
  const widest = await widestVectors(effects);
  const vectorBits = options.vectorBits ?? widest;
  if (vectorBits > widest) {
    throw new NativeUnavailableError(`vectors of ${vectorBits} bits: this run has at most ${widest}`);
  }
  const library = await compileNative(source, { ...options, vectorBits }, effects);
  const kernel = await loadNative(library.path, effects);
  const seconds = effects.seconds() - start;
  return { kernel, vectorBits, compiler: library.compiler.version, cached: library.cached, seconds };
};
