import type {BlockRunner, KernelJob} from "./block-runner.ts";
import {alignedMemory, findCompiler, kernelEffects, openNative, vectorBits} from "./native/index.ts";
import type {Compiler, KernelEffects, NativeOptions, OpenedNative, VectorBits} from "./native/index.ts";

/** A compiled kernel that jobs can be run with. */
export interface NativeProgram {
  readonly compiler: string;
  /** A runner with memory for `atOnce` blocks that run at the same time. */
  runner(job: KernelJob, atOnce: number): Promise<BlockRunner>;
}

/** The kernels of this process in native code. */
export interface NativeLibrary {
  /** Width of the vectors that kernels are written for. */
  vectorBits(): Promise<VectorBits>;
  /** The kernel of a C text. A text is compiled once, also if it was in vain or is still being compiled. */
  open(source: string, options: Pick<NativeOptions, "onlyCached"> & {readonly vectorBits: VectorBits}): Promise<NativeProgram>;
}

async function nativeRunner({kernel}: OpenedNative, {bytes, inputs, argumentsAddress, resultsAddress}: KernelJob, atOnce: number, effects: KernelEffects): Promise<BlockRunner> {
  const free = await Promise.all(Array.from({length: atOnce}, () => alignedMemory(bytes, effects)));
  for (const memory of free) memory.set(inputs);
  return {
    async run(callArguments) {
      const memory = free.pop();
      if (memory === undefined) throw new RangeError(`native kernel: expected at most ${atOnce} blocks at once, found one more`);
      try {
        memory.set(new Uint8Array(callArguments.buffer), argumentsAddress);
        memory.fill(0, resultsAddress, bytes);
        await kernel.run(memory, argumentsAddress);
        return memory.slice(resultsAddress, bytes);
      } finally {
        free.push(memory);
      }
    },
    close: () => void (free.length = 0)
  };
}

/** The library of this process: one compiler, each kernel compiled and loaded once. */
export function nativeLibrary(effects: KernelEffects = kernelEffects): NativeLibrary {
  const opened = new Map<string, Promise<OpenedNative>>();
  let compiler: Promise<Compiler> | undefined;
  let width: Promise<VectorBits> | undefined;
  const open = async (source: string, options: NativeOptions) => openNative(source, {...options, compiler: await (compiler ??= findCompiler(effects))}, effects);
  return {
    vectorBits: () => (width ??= vectorBits(effects)),
    async open(source, options) {
      const opening = opened.get(source) ?? open(source, options);
      if (options.onlyCached !== true) opened.set(source, opening);
      const native = await opening;
      opened.set(source, opening);
      return {compiler: native.compiler, runner: (job, atOnce) => nativeRunner(native, job, atOnce, effects)};
    }
  };
}
