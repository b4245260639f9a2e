import { requireEqualLengths, requireFiniteEntries, requirePositive, requireProbability, unexpected } from "../numerics/index.ts";
import { chiSquareQuantile } from "./chi-square.ts";
import type { Interval } from "./interval.ts";

/** Waiting times, of which some end before the event. */
export interface CensoredTimes {
  /** Time observed for each replica, positive. */
  readonly times: ArrayLike<number>;
  /** Whether the event was seen at that time (1 or true) or observation just stopped (0 or false). */
  readonly completed: ArrayLike<boolean | number>;
  /** Default 0.95. */
  readonly level?: number;
}

/** The maximum-likelihood mean of exponential waiting times. */
export interface CensoredMean {
  /** Total time over events; undefined without any event. */
  readonly mean: number | undefined;
  /** `mean / √events`; undefined without any event. */
  readonly standardError: number | undefined;
  /** Without any event only bounded below. */
  readonly interval: Interval;
  /** Replicas that reached the event. */
  readonly events: number;
  /** All replicas. */
  readonly count: number;
  readonly totalTime: number;
}

/**
 * Mean of exponential waiting times when some were cut off: `total time / events`, censored time counted. The
 * interval is the chi-square one, exact with all events seen; with censoring its lower end uses two more degrees of
 * freedom, which makes it conservative.
 *
 * Assumes exponential waiting times and a censoring time that does not depend on them.
 *
 * Source: J. F. Lawless, Statistical Models and Methods for Lifetime Data (2003), 4.1.
 *
 * @throws RangeError for no replicas, unequal lengths, a time that is not positive, a `completed` that is neither
 * true nor false nor 0 nor 1, or a level outside (0, 1).
 */
export function censoredExponential({ times, completed, level = 0.95 }: CensoredTimes): CensoredMean {
  requireFiniteEntries("times", times);
  requireEqualLengths("completed", completed, "times", times);
  requireProbability("level", level);
  let [events, totalTime] = [0, 0];
  for (let i = 0; i < times.length; i += 1) {
    totalTime += requirePositive(() => `times[${i}]`, times[i]);
    const seen = completed[i];
    if (seen !== true && seen !== false && seen !== 0 && seen !== 1) throw unexpected(`completed[${i}]`, "true, false, 1 or 0", seen);
    events += Number(seen);
  }
  const count = times.length;
  const tail = (1 - level) / 2;
  const low = (2 * totalTime) / chiSquareQuantile(1 - tail, events === count ? 2 * events : 2 * events + 2);
  const high = events === 0 ? Infinity : (2 * totalTime) / chiSquareQuantile(tail, 2 * events);
  const mean = events === 0 ? undefined : totalTime / events;
  const standardError = mean === undefined ? undefined : mean / Math.sqrt(events);
  return { mean, standardError, interval: { low, high, level }, events, count, totalTime };
}
