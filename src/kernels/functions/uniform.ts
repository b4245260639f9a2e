import type { LaneArithmetic } from "../lane-arithmetic.ts";

/**
 * A uniform number in [0, 1) from one uniform word: ⌊word / 2^8⌋·2^−24 in lanes of 32 bits, ⌊word / 2^12⌋·2^−52 in
 * lanes of 64, both exact.
 */
export const uniform = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W): R => {
  if (lanes.bits === 32) return lanes.multiply(lanes.toReal(lanes.shiftRight(word, 8)), lanes.real(2 ** -24));
  const fromOneToTwo = lanes.orWords(lanes.shiftRight(word, 12), lanes.word(0x3ff0000000000000n));
  return lanes.subtract(lanes.realOf(fromOneToTwo), lanes.real(1));
};
