import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";
import { openKoffi } from "./open-koffi.ts";

/** Bytes of a cache line and of the widest vector. */
const alignment = 64;

/**
 * Zeros at an address that is a multiple of 64, so that no aligned vector of up to 512 bits lies across two cache
 * lines. The view starts inside a longer buffer, which never moves; its `byteOffset` is not 0, and a copy of it is not
 * aligned.
 * @throws RangeError for a length that is no positive integer or more than can be had; NativeUnavailableError if koffi,
 * which knows addresses, cannot be loaded
 */
export const alignedMemory = async (bytes: number, effects: KernelEffects = kernelEffects): Promise<Uint8Array> => {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new RangeError(`bytes of a kernel's memory: expected a positive integer, found ${String(bytes)}`);
  }
  const { koffi } = await openKoffi(effects);
  const whole = new Uint8Array(bytes + alignment);
  const excess = Number(koffi.address(whole) % BigInt(alignment));
  return whole.subarray((alignment - excess) % alignment).subarray(0, bytes);
};
