import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";

/** The width of a vector in bits. */
export type VectorBits = 128 | 256 | 512;

/**
 * The extensions of x86-64 that a width is compiled with. 256 and 512 are chosen only where the processor has all of
 * theirs; SSE4.1 is what V8 itself asks for before it runs WebAssembly SIMD.
 */
export const vectorExtensions: Readonly<Record<VectorBits, readonly string[]>> = {
  128: ["sse4.1"],
  256: ["avx2"],
  512: ["avx512f", "avx512dq", "avx512bw", "avx512vl"],
};

const variable = "DRIFTBOOK_VECTOR_BITS";

const isVectorBits = (value: number): value is VectorBits => value === 128 || value === 256 || value === 512;

const processorFlags = async ({ platform, files, run }: KernelEffects): Promise<string> => {
  if (platform === "linux-x64") {
    const text = await files.readFile("/proc/cpuinfo", "utf8").catch(() => "");
    return /^flags\s*:(.*)$/m.exec(text)?.[1] ?? "";
  }
  if (platform === "darwin-x64") {
    const names = ["machdep.cpu.features", "machdep.cpu.leaf7_features"];
    const { code, output } = await run("sysctl", ["-n", ...names], { timeLimit: 10 });
    return code === 0 ? output : "";
  }
  return "";
};

const hardwareBits = (flags: string): VectorBits => {
  const present = new Set(flags.toLowerCase().split(/\s+/));
  const has = (bits: VectorBits): boolean => vectorExtensions[bits].every((extension) => present.has(extension));
  if (has(256)) return has(512) ? 512 : 256;
  return 128;
};

const wantedBits = (text: string | undefined): VectorBits => {
  if (text === undefined || text === "") return 512;
  const bits = /^\d+$/.test(text) ? Number(text) : NaN;
  if (isVectorBits(bits)) return bits;
  throw new RangeError(`${variable}: expected 128, 256 or 512, found ${JSON.stringify(text)}`);
};

/**
 * The widest vectors that kernels should have here, from the processor's flags: 512 with AVX-512 F, DQ, BW and VL,
 * 256 with AVX2, otherwise 128, as on arm64 and where the flags cannot be read. The environment variable
 * `DRIFTBOOK_VECTOR_BITS` may lower it; a value above what the processor has changes nothing.
 * @throws RangeError for another value of that variable
 */
export const vectorBits = async (effects: KernelEffects = kernelEffects): Promise<VectorBits> => {
  const wanted = wantedBits(effects.environment[variable]);
  const hardware = hardwareBits(await processorFlags(effects));
  return wanted < hardware ? wanted : hardware;
};
