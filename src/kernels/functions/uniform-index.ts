import type { LaneArithmetic } from "../lane-arithmetic.ts";

/**
 * An integer in {0, …, count − 1} from one uniform word: ⌊w·count / 2^32⌋, w the word or, in lanes of 64 bits, its
 * upper half. Each value has a probability within 2^−32 of 1/count, a relative bias of at most count / 2^32; none if
 * `count` is a power of two.
 * @throws RangeError if `count` is no integer in [1, 2^32 − 1].
 */
export const uniformIndex = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W, count: number): W => {
  if (!Number.isInteger(count) || count < 1 || count > 2 ** 32 - 1) {
    throw new RangeError(`count: expected an integer from 1 to 4294967295, found ${String(count)}`);
  }
  const upper = lanes.bits === 32 ? word : lanes.shiftRight(word, 32);
  return lanes.multiplyHigh(upper, lanes.word(BigInt(count)));
};
