import { createCallQueue } from "./call-queue.ts";
import type { CallQueue } from "./call-queue.ts";
import type { KernelEffects, Koffi } from "./kernel-effects.ts";
import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { oneLine } from "./one-line.ts";
import { threadPoolSize } from "./thread-pool-size.ts";

/** Koffi, set up for kernels, and the queue of their calls. */
export interface OpenKoffi {
  readonly koffi: Koffi;
  readonly queue: CallQueue;
}

/** Bytes of the stack that a kernel runs on; koffi's own default is an eighth of it. */
const stackBytes = 2 ** 20;

const opened = new WeakMap<Koffi, OpenKoffi>();

/**
 * Loads koffi, once a thread of JavaScript. Calls beyond the threads of libuv's pool wait here and not in its queue,
 * where they would hold up the reading of files, and koffi would refuse the 257th.
 * @throws NativeUnavailableError if koffi cannot be loaded
 */
export const openKoffi = async (effects: KernelEffects): Promise<OpenKoffi> => {
  try {
    const koffi = await effects.loadKoffi();
    const known = opened.get(koffi);
    if (known !== undefined) return known;
    koffi.config({ async_stack_size: stackBytes });
    const open = { koffi, queue: createCallQueue(Math.min(threadPoolSize(effects), 256)) };
    opened.set(koffi, open);
    return open;
  } catch (error) {
    throw new NativeUnavailableError(`koffi cannot be loaded: ${oneLine((error as Error).message)}`, { cause: error });
  }
};
