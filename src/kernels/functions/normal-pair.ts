import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { flipSign } from "./flip-sign.ts";
import { normalDirection } from "./normal-direction.ts";
import { normalRadius } from "./normal-radius.ts";

/**
 * Two independent standard normal numbers from two independent uniform words (Box and Muller, Ann. Math. Stat. 29,
 * 1958): r(cos θ, sin θ) with r = √(−2 ln u), u from the first word and θ from the second.
 */
export const normalPair = <R, W, M>(lanes: LaneArithmetic<R, W, M>, first: W, second: W): readonly [R, R] => {
  const radius = flipSign(lanes, normalRadius(lanes, first), second);
  const [x, y] = normalDirection(lanes, second);
  return [lanes.multiply(radius, x), lanes.multiply(radius, y)];
};
