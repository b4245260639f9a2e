import type { LaneArithmetic } from "../lane-arithmetic.ts";

/**
 * An integer in {0, …, count − 1} from one uniform word: ⌊w·count / 2^32⌋, w the word or, in lanes of 64 bits, its
 * upper half. Each value has a probability within 2^−32 of 1/count, a relative bias of at most count / 2^32; none if
 * `count` is a power of two. `count` is a word in [1, 2^32), so that it may differ between lanes; that is not checked.
 */
export const uniformIndex = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W, count: W): W =>
  lanes.multiplyHigh(lanes.bits === 32 ? word : lanes.shiftRight(word, 32), count);
