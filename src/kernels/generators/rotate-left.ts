import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** The bits of `a` moved up by `count` in (0, lanes.bits), those that leave at the top returning below. */
export const rotateLeft = <R, W, M>(lanes: LaneArithmetic<R, W, M>, a: W, count: number): W =>
  lanes.orWords(lanes.shiftLeft(a, count), lanes.shiftRight(a, lanes.bits - count));
