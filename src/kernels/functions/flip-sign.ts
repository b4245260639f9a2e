import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** `value` with its sign bit flipped where the highest bit of `word` is set. */
export const flipSign = <R, W, M>(lanes: LaneArithmetic<R, W, M>, value: R, word: W): R => {
  const signBit = lanes.andWords(word, lanes.word(1n << BigInt(lanes.bits - 1)));
  return lanes.realOf(lanes.xorWords(lanes.bitsOf(value), signBit));
};
