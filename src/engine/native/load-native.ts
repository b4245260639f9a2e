import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects, Koffi } from "./kernel-effects.ts";
import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { oneLine } from "./one-line.ts";
import { openKoffi } from "./open-koffi.ts";

/** A kernel in native code. */
export interface NativeKernel {
  /**
   * Runs the kernel on a thread of libuv's pool; as many calls run at the same time as `threadPoolSize` says, others
   * wait in order. The memory is kept from being collected until the call has ended. It must not be transferred or
   * resized meanwhile, and two calls at once must not write the same bytes: neither can be checked.
   * @param memory the one buffer that the kernel reads and writes, without a copy. What lies at the places that the
   * arguments name must be inside it: the kernel checks nothing.
   * @param offset bytes from its start to the kernel's arguments, an int32 in [0, memory.length).
   * @throws RangeError for another offset, before anything runs
   */
  run(memory: Uint8Array, offset: number): Promise<void>;
}

type KoffiFunction = ReturnType<ReturnType<Koffi["load"]>["func"]>;

const loadFunction = (koffi: Koffi, library: string): KoffiFunction => {
  try {
    return koffi.load(library).func("run", "void", ["void *", "int32_t"]);
  } catch (error) {
    const reason = oneLine((error as Error).message);
    throw new NativeUnavailableError(`the compiled kernel cannot be loaded: ${reason}`, { cause: error });
  }
};

const checkOffset = (memory: Uint8Array, offset: number): void => {
  if (Number.isInteger(offset) && offset >= 0 && offset < memory.length && offset < 2 ** 31) return;
  const end = Math.min(memory.length, 2 ** 31);
  throw new RangeError(`offset of the kernel's arguments: expected an integer in [0, ${end}), found ${String(offset)}`);
};

/** Memories of running calls. Koffi keeps no reference, and a closure holds only what its engine thinks is used. */
const inUse = new Set<{ readonly memory: Uint8Array; readonly buffer: ArrayBufferLike }>();

const call = (native: KoffiFunction, memory: Uint8Array, offset: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const use = { memory, buffer: memory.buffer };
    inUse.add(use);
    const end = (error: unknown): void => {
      inUse.delete(use);
      if (error === null || error === undefined) resolve();
      else reject(error as Error);
    };
    try {
      native.async(memory, offset, end);
    } catch (error) {
      end(error);
    }
  });

/**
 * Loads the kernel of a shared library, its function `void run(unsigned char *memory, int32_t arguments)`. The path
 * must never have held another library in this process, since the dynamic linker goes by it.
 * @throws NativeUnavailableError if koffi or the library cannot be loaded or has no such function
 */
export const loadNative = async (library: string, effects: KernelEffects = kernelEffects): Promise<NativeKernel> => {
  const { koffi, queue } = await openKoffi(effects);
  const native = loadFunction(koffi, library);
  return {
    async run(memory, offset) {
      checkOffset(memory, offset);
      await queue(async () => {
        checkOffset(memory, offset);
        await call(native, memory, offset);
      });
    },
  };
};
