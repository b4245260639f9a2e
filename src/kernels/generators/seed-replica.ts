import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { philox4x32 } from "./philox.ts";
import type { XoshiroState } from "./xoshiro.ts";

/** "drif" in ASCII: the fourth word of the counters from which generators are started. */
const purpose = 0x64726966n;

/**
 * The state in which the generator of one replica starts: blocks of Philox4x32-10 with the ensemble's key and the
 * counter (replica, j, 0, 0x64726966). In lanes of 32 bits it is the block j = 0, for xoshiro128++; in lanes of 64 the
 * blocks j = 0 and 1, for xoshiro256++, two words at a time joined to one, the first of them low.
 *
 * Philox is a bijection of the counter, so under one key no two replicas start in the same state. That one of n
 * replicas, each drawing m words, meets the sequence of another has probability about n² m / 2^128 (2^256): 3e-25 for
 * 10^4 replicas of 10^6 words. That a state is all zeros, which its generator cannot leave, has 2^−128 (2^−256).
 *
 * `key` and `replica` are 32-bit numbers; in lanes of 64 bits their upper halves must be zero.
 */
export const seedReplica = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  key: readonly [W, W],
  replica: W,
): XoshiroState<W> => {
  const block = (index: bigint) =>
    philox4x32(lanes, [replica, lanes.word(index), lanes.word(0n), lanes.word(purpose)], key);
  if (lanes.bits === 32) return block(0n);
  const join = (low: W, high: W): W => lanes.orWords(low, lanes.shiftLeft(high, 32));
  const [a, b, c, d] = block(0n);
  const [e, f, g, h] = block(1n);
  return [join(a, b), join(c, d), join(e, f), join(g, h)];
};
