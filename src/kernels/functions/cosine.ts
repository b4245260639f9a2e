import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { quadrantRemainder } from "./quadrant-remainder.ts";
import { sineOfQuadrant } from "./sine-of-quadrant.ts";
import { withinTrigonometricRange } from "./trigonometric-range.ts";

/** cos x, exactly even; accuracy, range and special values are those of `sine`. */
export const cosine = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R): R => {
  const { remainder, quadrant } = quadrantRemainder(lanes, lanes.absolute(x));
  const value = sineOfQuadrant(lanes, remainder, lanes.addWords(quadrant, lanes.word(1n)));
  return withinTrigonometricRange(lanes, x, value);
};
