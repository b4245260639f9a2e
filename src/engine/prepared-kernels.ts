import {assemble, kernelKey, lowerKernel, operationsOfStep, printC} from "../kernels/index.ts";
import type {Kernel, LoweredKernel} from "../kernels/index.ts";

/** A kernel ready for WebAssembly. */
export interface PreparedWebAssembly {
  readonly lowered: LoweredKernel;
  /** Lane operations of one step of all lanes. */
  readonly operations: number;
  readonly module: () => Promise<WebAssembly.Module>;
}

/** A kernel printed for native code. */
export interface PreparedNative {
  readonly lowered: LoweredKernel;
  readonly source: string;
}

/** Kernels lowered and printed once each, however many ensembles use them. */
export interface PreparedKernels {
  webAssembly(kernel: Kernel): PreparedWebAssembly;
  native(kernel: Kernel, width: number): PreparedNative;
}

const mostKept = 64;

/** The value of `key`, made if it is not there; the oldest of more than 64 is let go. */
function kept<T>(values: Map<string, T>, key: string, make: () => T): T {
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = make();
  values.set(key, made);
  if (values.size > mostKept) values.delete(values.keys().next().value!);
  return made;
}

export function preparedKernels(): PreparedKernels {
  const webAssembly = new Map<string, PreparedWebAssembly>();
  const native = new Map<string, PreparedNative>();
  return {
    webAssembly: (kernel) =>
      kept(webAssembly, kernelKey(kernel), () => {
        const lowered = lowerKernel(kernel, 128 / kernel.bits);
        let module: Promise<WebAssembly.Module> | undefined;
        return {lowered, operations: operationsOfStep(lowered.program), module: () => (module ??= WebAssembly.compile(assemble(lowered.program)))};
      }),
    native: (kernel, width) =>
      kept(native, `${width} ${kernelKey(kernel)}`, () => {
        const lowered = lowerKernel(kernel, width);
        return {lowered, source: printC(lowered.program)};
      })
  };
}
