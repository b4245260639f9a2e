import type { LaneArithmetic } from "../lane-arithmetic.ts";

/**
 * `value` where |x| ≤ 2^21 (2^50 in lanes of 64 bits), else NaN: past it a number's neighbours are too large a part of
 * the circle apart for a sine to mean anything.
 */
export const withinTrigonometricRange = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R, value: R): R => {
  const limit = lanes.real(lanes.bits === 32 ? 2 ** 21 : 2 ** 50);
  return lanes.select(lanes.lessOrEqual(lanes.absolute(x), limit), value, lanes.real(Number.NaN));
};
