import {normalQuantile} from "../../../statistics/index.ts";

/** A tail index with its 95 % profile interval; null where there is none, or where it is open. */
export interface IndexInterval {
  readonly tailIndex: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Standard error of a tail index from its 95 % profile interval: that of the logarithm, half the interval's logarithmic
 * width over 1.96, times the index, since the interval is nearly symmetric on that scale; null where it has no interval
 * or an open one.
 */
export function indexStandardError({tailIndex, low, high}: IndexInterval): number | null {
  return tailIndex === null || low === null || high === null ? null : (tailIndex * Math.log(high / low)) / (2 * normalQuantile(0.975));
}
