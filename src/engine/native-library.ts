import type {BlockRunner, KernelJob} from "./block-runner.ts";
import {alignedMemory, findCompiler, openNative, vectorBits} from "./native/index.ts";
import type {Compiler, NativeOptions, OpenedNative, VectorBits} from "./native/index.ts";

/** A compiled kernel that jobs can be run with. */
export interface NativeProgram {
  readonly compiler: string;
  runner(job: KernelJob): Promise<BlockRunner>;
}

/** The kernels of this process in native code. */
export interface NativeLibrary {
  /** Width of the vectors that kernels are written for. */
  vectorBits(): Promise<VectorBits>;
  /** The kernel of a C text; opened once. */
  open(source: string, options: Pick<NativeOptions, "onlyCached"> & {readonly vectorBits: VectorBits}): Promise<NativeProgram>;
}

async function nativeRunner({kernel}: OpenedNative, {bytes, inputs, argumentsAddress, resultsAddress}: KernelJob): Promise<BlockRunner> {
  const memory = await alignedMemory(bytes);
  memory.set(inputs);
  return {
    async run(callArguments) {
      memory.set(new Uint8Array(callArguments.buffer), argumentsAddress);
      memory.fill(0, resultsAddress, bytes);
      await kernel.run(memory, argumentsAddress);
      return memory.slice(resultsAddress, bytes);
    },
    close() {}
  };
}

/** The library of this process: one compiler, each kernel loaded once. */
export function nativeLibrary(): NativeLibrary {
  const opened = new Map<string, OpenedNative>();
  let compiler: Promise<Compiler> | undefined;
  let width: Promise<VectorBits> | undefined;
  return {
    vectorBits: () => (width ??= vectorBits()),
    async open(source, options) {
      const known = opened.get(source) ?? (await openNative(source, {...options, compiler: await (compiler ??= findCompiler())}));
      opened.set(source, known);
      return {compiler: known.compiler, runner: (job) => nativeRunner(known, job)};
    }
  };
}
