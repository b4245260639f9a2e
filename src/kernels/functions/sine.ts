import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { flipSign } from "./flip-sign.ts";
import { quadrantRemainder } from "./quadrant-remainder.ts";
import { sineOfQuadrant } from "./sine-of-quadrant.ts";
import { withinTrigonometricRange } from "./trigonometric-range.ts";

/**
 * sin x, exactly odd. For |x| ≤ 8192 in lanes of 32 bits the error is below 2 ulp + 2e-11, for |x| ≤ 10^6 in lanes of
 * 64 it is below 2 ulp + 1e-20, so that next to a multiple of π it is bounded absolutely. Beyond, it grows to about
 * |x|·2^−24 (2^−53); past 2^21 (2^50), and of infinities and NaN, the result is NaN.
 */
export const sine = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R): R => {
  const { remainder, quadrant } = quadrantRemainder(lanes, lanes.absolute(x));
  const value = flipSign(lanes, sineOfQuadrant(lanes, remainder, quadrant), lanes.bitsOf(x));
  return withinTrigonometricRange(lanes, x, value);
};
