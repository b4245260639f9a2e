import { requireFiniteEntries, requireIncreasing, requireIntegerAtLeast, requireNonNegative, requireProbability, unexpected } from "../numerics/index.ts";
import { binomialInterval } from "./binomial-interval.ts";

/** The share of magnitudes above a value, with its exact interval. */
export interface SurvivalPoint {
  readonly x: number;
  /** Magnitudes strictly above `x`. */
  readonly exceedances: number;
  readonly survival: number;
  readonly low: number;
  readonly high: number;
}

/** Where an empirical survival function is taken. */
export interface EmpiricalSurvivalOptions {
  /** Increasing abscissae, not negative; without them they are evenly spaced on the logarithmic scale. */
  readonly at?: ArrayLike<number>;
  /** Number of spaced abscissae; default 100. */
  readonly points?: number;
  /** The first spaced abscissa is the quantile of the magnitudes at this probability; default 0.5. */
  readonly from?: number;
  /** Size of the whole sample where `values` are only its largest magnitudes; the number of values otherwise. */
  readonly total?: number;
  /** Default 0.95. */
  readonly level?: number;
}

/** The `points` abscissae between two order statistics; the largest magnitude, above which nothing lies, is left out. */
function spaced(sorted: Float64Array, points: number, from: number): number[] {
  const first = sorted[Math.floor(from * (sorted.length - 1))];
  const last = sorted[sorted.length - 1];
  if (!(first > 0)) throw unexpected(`quantile of the magnitudes at ${from}`, "a number above 0", first);
  if (first === last) return [first];
  return Array.from({ length: points }, (_, i) => Math.exp(Math.log(first) + (i / points) * (Math.log(last) - Math.log(first))));
}

/**
 * Empirical survival function `P(|X| > x)` for log–log figures, with Clopper and Pearson's interval at each abscissa
 * by itself (not for the whole curve).
 *
 * Assumes independent values. Not checked: that values left out, where `total` is more than their number, have
 * magnitudes below all abscissae.
 *
 * @throws RangeError for no values, one that is not finite, abscissae that do not increase or are negative, fewer than
 * 2 points, `from` or level outside (0, 1), a quantile at `from` that is 0, or a total below the number of values.
 */
export function empiricalSurvival(values: ArrayLike<number>, options: EmpiricalSurvivalOptions = {}): readonly SurvivalPoint[] {
  const { at, points = 100, from = 0.5, level = 0.95 } = options;
  requireFiniteEntries("values", values);
  const total = requireIntegerAtLeast("total", options.total ?? values.length, values.length);
  requireIntegerAtLeast("points", points, 2);
  requireProbability("from", from);
  requireProbability("level", level);
  const sorted = Float64Array.from(values, (value) => Math.abs(value)).sort();
  if (at !== undefined) requireNonNegative("at[0]", requireIncreasing("at", at)[0]);
  let below = 0;
  return Array.from(at ?? spaced(sorted, points, from), (x) => {
    while (below < sorted.length && sorted[below] <= x) below += 1;
    const exceedances = sorted.length - below;
    const { low, high } = binomialInterval(exceedances, total, level);
    return { x, exceedances, survival: exceedances / total, low, high };
  });
}
