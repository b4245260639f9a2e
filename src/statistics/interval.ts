import { requireProbability } from "../numerics/index.ts";

/** A confidence interval; an end may be infinite. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Confidence level, such as 0.95. */
  readonly level: number;
}

/** An estimate with its standard error and a confidence interval. */
export interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/** Whether a value lies in the closed interval. */
export function contains({ low, high }: Interval, value: number): boolean {
  return value >= low && value <= high;
}

/** `estimate ± quantile * standardError`. @throws RangeError for a level outside (0, 1). */
export function symmetricInterval(estimate: number, standardError: number, quantile: number, level: number): Interval {
  requireProbability("level", level);
  return { low: estimate - quantile * standardError, high: estimate + quantile * standardError, level };
}
