import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { vectorExtensions } from "./vector-bits.ts";
import type { VectorBits } from "./vector-bits.ts";

/**
 * Flags under which every operation keeps its one IEEE 754 value. `-O3` alone reorders no floating-point operation;
 * contraction to fused multiply-adds is off; `-fno-math-errno` only spares `errno`, so that a root is one instruction;
 * `-fwrapv` and `-fno-strict-aliasing` define the overflow of integers and memory read as two types, as in
 * WebAssembly. `-fno-fast-math` and `-fno-unsafe-math-optimizations` undo a fast-math of the user's own `$CC`, which
 * would also flush denormals to zero in the whole process. `-fno-trapping-math` is left out: nothing here needs it.
 */
const exact = [
  ..."-O3 -std=gnu11 -shared -fPIC -w".split(" "),
  ..."-fno-fast-math -fno-unsafe-math-optimizations -ffp-contract=off -fno-math-errno".split(" "),
  ..."-fwrapv -fno-strict-aliasing".split(" "),
];

/**
 * The compiler's flags for a vector width. On x86-64 they name the extensions that the processor was asked for and no
 * more; 128 bits on arm64 are its base.
 * @throws NativeUnavailableError for a platform or a width there without native kernels; RangeError for what is no
 * width
 */
export const compileFlags = (platform: string, vectorBits: VectorBits): readonly string[] => {
  if (!(vectorBits in vectorExtensions)) {
    throw new RangeError(`vectorBits: expected 128, 256 or 512, found ${String(vectorBits)}`);
  }
  if (!/^(linux|darwin|freebsd)-(x64|arm64)$/.test(platform)) {
    throw new NativeUnavailableError(`no native kernels on the platform ${platform}`);
  }
  if (platform.endsWith("-arm64")) {
    if (vectorBits === 128) return exact;
    throw new NativeUnavailableError(`no vectors of ${vectorBits} bits on the platform ${platform}`);
  }
  const extensions = vectorExtensions[vectorBits].map((extension) => `-m${extension}`);
  const preference = vectorBits === 512 ? ["-mprefer-vector-width=512"] : [];
  return [...exact, "-march=x86-64", ...extensions, ...preference];
};
