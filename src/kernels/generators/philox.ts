import type { LaneArithmetic } from "../lane-arithmetic.ts";

export type Block<Word> = readonly [Word, Word, Word, Word];

const multipliers = [0xd2511f53n, 0xcd9e8d57n] as const;
const weyl = [0x9e3779b9n, 0xbb67ae85n] as const;
const low32 = 0xffffffffn;

/** Low and high 32 bits of the product of two 32-bit numbers. */
const product = <R, W, M>(lanes: LaneArithmetic<R, W, M>, a: W, multiplier: bigint): readonly [W, W] => {
  const b = lanes.word(multiplier);
  const low = lanes.multiplyWords(a, b);
  if (lanes.bits === 32) return [low, lanes.multiplyHigh(a, b)];
  return [lanes.andWords(low, lanes.word(low32)), lanes.shiftRight(low, 32)];
};

const bump = <R, W, M>(lanes: LaneArithmetic<R, W, M>, a: W, increment: bigint): W => {
  const sum = lanes.addWords(a, lanes.word(increment));
  return lanes.bits === 32 ? sum : lanes.andWords(sum, lanes.word(low32));
};

/**
 * Philox4x32-10: a bijection of the 128-bit counter for each 64-bit key, whose values on consecutive counters pass for
 * independent uniform words (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
 * Words are 32-bit numbers in lanes of either width: in lanes of 64 bits the upper halves of all arguments must be
 * zero, and those of the result are.
 */
export const philox4x32 = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  counter: Block<W>,
  key: readonly [W, W],
): Block<W> => {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    if (round > 0) [k0, k1] = [bump(lanes, k0, weyl[0]), bump(lanes, k1, weyl[1])];
    const [low0, high0] = product(lanes, c0, multipliers[0]);
    const [low1, high1] = product(lanes, c2, multipliers[1]);
    [c0, c1, c2, c3] = [
      lanes.xorWords(lanes.xorWords(high1, c1), k0),
      low1,
      lanes.xorWords(lanes.xorWords(high0, c3), k1),
      low0,
    ];
  }
  return [c0, c1, c2, c3];
};
