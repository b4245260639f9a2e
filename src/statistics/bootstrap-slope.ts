import { requireFinite, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { bootstrapEstimate, resample, type BootstrapEstimate } from "./bootstrap.ts";
import { linearRegression } from "./linear-regression.ts";
import type { RandomSource } from "./random-source.ts";

/** The independent units measured at one abscissa. */
export interface SlopeGroup<Unit> {
  readonly x: number;
  readonly units: readonly Unit[];
}

/** A slope over groups. */
export interface SlopeOptions<Unit> {
  /** At least 3 groups of at least 2 units. */
  readonly groups: readonly SlopeGroup<Unit>[];
  /** The ordinate of a group, such as the logarithm of its mean. */
  readonly statistic: (units: readonly Unit[], x: number) => number;
  readonly random: RandomSource;
  /** Default 1000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * Percentile interval of the least-squares slope of a statistic on `x`; units are resampled within each group,
 * groups being independent of each other.
 *
 * @throws RangeError for fewer than 3 groups, a group of fewer than 2 units, or a statistic that is not finite.
 */
export function bootstrapSlope<Unit>(options: SlopeOptions<Unit>): BootstrapEstimate {
  const { groups, statistic, random, resamples = 1000, level = 0.95 } = options;
  if (groups.length < 3) throw unexpected("groups.length", "at least 3 groups", groups.length);
  groups.forEach(({ units }, i) => {
    if (units.length < 2) throw unexpected(`groups[${i}].units.length`, "at least 2 units", units.length);
  });
  requireIntegerAtLeast("resamples", resamples, 2);
  requireProbability("level", level);
  const x = groups.map((group) => group.x);
  const slope = (draw: (units: readonly Unit[]) => readonly Unit[]) =>
    linearRegression({ x, y: groups.map((group) => requireFinite(() => `statistic at x = ${group.x}`, statistic(draw(group.units), group.x))) }).slope;
  const estimate = slope((units) => units);
  return bootstrapEstimate(estimate, Float64Array.from({ length: resamples }, () => slope((units) => resample(units, random))), level);
}
