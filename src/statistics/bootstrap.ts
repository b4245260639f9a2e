import { requireFinite, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import type { Estimate } from "./interval.ts";
import { mean, variance } from "./moments.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { sortedQuantile } from "./quantile.ts";
import type { RandomSource } from "./random-source.ts";

/** What a bootstrap resamples and estimates. */
export interface BootstrapOptions<Unit> {
  /** Independent units: replicas, chains or blocks, at least 2. */
  readonly units: readonly Unit[];
  readonly statistic: (units: readonly Unit[]) => number;
  readonly random: RandomSource;
  /** Default 1000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
  /** Quantiles of the resampled statistic, or those corrected for bias and skewness (the default). */
  readonly method?: "percentile" | "bias-corrected";
}

/** An estimate with its resampled values in increasing order. */
export interface BootstrapEstimate extends Estimate {
  readonly resampled: Float64Array;
}

/** Units drawn with replacement, as many as there are. */
export function resample<Unit>(units: readonly Unit[], random: RandomSource): Unit[] {
  const drawn = new Array<Unit>(units.length);
  for (let i = 0; i < drawn.length; i++) drawn[i] = units[random.integer(units.length)];
  return drawn;
}

const JACKKNIFE_GROUPS = 200;

/** Skewness of the jackknife values over 6, with one unit left out at a time, or one of 200 groups of many units. */
function acceleration<Unit>(units: readonly Unit[], statistic: (units: readonly Unit[]) => number): number {
  const groups = Math.min(units.length, JACKKNIFE_GROUPS);
  const leftOut = Array.from({ length: groups }, (_, group) => {
    const [from, to] = [group, group + 1].map((g) => Math.floor((g * units.length) / groups));
    return requireFinite(() => `statistic without units ${from} to ${to - 1}`, statistic(units.toSpliced(from, to - from)));
  });
  const centre = mean(leftOut);
  const [squares, cubes] = [2, 3].map((power) => leftOut.reduce((sum, value) => sum + (centre - value) ** power, 0));
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Turns resampled values into an estimate; `skewness` is the acceleration, or undefined for plain percentiles. */
export function bootstrapEstimate(estimate: number, resampled: Float64Array, level: number, skewness?: number): BootstrapEstimate {
  requireProbability("level", level);
  resampled.sort();
  const ends = [(1 - level) / 2, (1 + level) / 2];
  const corrected = (p: number) => {
    if (skewness === undefined) return p;
    const below = resampled.reduce((count, value) => count + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0);
    const share = Math.min(Math.max(below / resampled.length, 0.5 / resampled.length), 1 - 0.5 / resampled.length);
    const bias = normalQuantile(share);
    const shifted = bias + normalQuantile(p);
    return normalCdf(bias + shifted / (1 - skewness * shifted));
  };
  const [low, high] = ends.map((p) => sortedQuantile(resampled, corrected(p)));
  return { estimate, standardError: Math.sqrt(variance(resampled)), interval: { low, high, level }, resampled };
}

/**
 * Bootstrap interval of a statistic of independent units. The bias-corrected and accelerated form calls the
 * statistic up to 200 times more for its jackknife.
 *
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), 13.3 and 14.3.
 *
 * @throws RangeError for fewer than 2 units or 2 resamples, a level outside (0, 1), or a statistic that is not
 * finite on the units or a resample.
 */
export function bootstrapInterval<Unit>(options: BootstrapOptions<Unit>): BootstrapEstimate {
  const { units, statistic, random, resamples = 1000, level = 0.95, method = "bias-corrected" } = options;
  if (units.length < 2) throw unexpected("units.length", "at least 2 units", units.length);
  requireIntegerAtLeast("resamples", resamples, 2);
  requireProbability("level", level);
  const estimate = requireFinite("statistic(units)", statistic(units));
  const resampled = Float64Array.from({ length: resamples }, (_, i) => requireFinite(() => `statistic of resample ${i}`, statistic(resample(units, random))));
  return bootstrapEstimate(estimate, resampled, level, method === "percentile" ? undefined : acceleration(units, statistic));
}
