import {missingWebAssembly, type WebAssemblyHost} from "./support.ts";

/** A kernel bound to its memory. */
export interface Kernel {
  /** Runs the kernel once; `arguments` is the byte offset of its arguments in the memory. */
  run(argumentsAddress: number): void;
}

/**
 * Binds an assembled module, or its bytes, to a memory, synchronously.
 *
 * Throws an Error that names what the host lacks if it cannot run kernels.
 */
export function instantiate(kernel: Uint8Array<ArrayBuffer> | WebAssembly.Module, memory: WebAssembly.Memory, host: WebAssemblyHost | undefined = globalThis.WebAssembly): Kernel {
  const missing = missingWebAssembly(host);
  if (missing !== undefined) throw new Error(`kernel: expected a host with WebAssembly and its 128-bit SIMD, found one without ${missing}`);
  const module = kernel instanceof Uint8Array ? new WebAssembly.Module(kernel) : kernel;
  const {run} = new WebAssembly.Instance(module, {env: {memory}}).exports;
  return {run: run as Kernel["run"]};
}
