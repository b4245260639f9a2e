import type { LaneArithmetic, LaneBits } from "../lane-arithmetic.ts";
import { rotateLeft } from "./rotate-left.ts";

/** The state of a generator of the xoshiro family: four words that are not all zero. */
export type XoshiroState<Word> = readonly [Word, Word, Word, Word];

export interface XoshiroStep<Word> {
  readonly output: Word;
  readonly state: XoshiroState<Word>;
}

const step = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  [s0, s1, s2, s3]: XoshiroState<W>,
  [scramble, shift, rotation]: readonly [number, number, number],
): XoshiroStep<W> => {
  const output = lanes.addWords(rotateLeft(lanes, lanes.addWords(s0, s3), scramble), s0);
  const t2 = lanes.xorWords(s2, s0);
  const t3 = lanes.xorWords(s3, s1);
  return {
    output,
    state: [
      lanes.xorWords(s0, t3),
      lanes.xorWords(s1, t2),
      lanes.xorWords(t2, lanes.shiftLeft(s1, shift)),
      rotateLeft(lanes, t3, rotation),
    ],
  };
};

const requireBits = (name: string, actual: LaneBits, expected: LaneBits): void => {
  if (actual !== expected) throw new RangeError(`${name}: expected lanes of ${expected} bits, found ${actual}`);
};

/**
 * One step of xoshiro128++ 1.0, period 2^128 − 1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021). Lanes of 32 bits only.
 * @throws RangeError for lanes of 64 bits.
 */
export const xoshiro128plusplus = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  state: XoshiroState<W>,
): XoshiroStep<W> => {
  requireBits("xoshiro128++", lanes.bits, 32);
  return step(lanes, state, [7, 9, 11]);
};

/**
 * One step of xoshiro256++ 1.0, period 2^256 − 1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021). Lanes of 64 bits only.
 * @throws RangeError for lanes of 32 bits.
 */
export const xoshiro256plusplus = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  state: XoshiroState<W>,
): XoshiroStep<W> => {
  requireBits("xoshiro256++", lanes.bits, 64);
  return step(lanes, state, [23, 17, 45]);
};

/** One step of the generator of the lanes' width: xoshiro128++ or xoshiro256++. */
export const nextWord = <R, W, M>(lanes: LaneArithmetic<R, W, M>, state: XoshiroState<W>): XoshiroStep<W> =>
  lanes.bits === 32 ? xoshiro128plusplus(lanes, state) : xoshiro256plusplus(lanes, state);
