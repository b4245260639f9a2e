import { requireFiniteEntries, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { symmetricInterval, type Estimate } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/** Hill's estimate of a tail index from the largest `exceedances` values. */
export interface HillEstimate extends Estimate {
  readonly exceedances: number;
  /** The order statistic below the values that were used. */
  readonly threshold: number;
}

/** Which numbers of largest values a Hill plot shows. */
export interface HillPlotOptions {
  /** Most points, default 100; equal numbers are shown once. */
  readonly points?: number;
  /** Fewest largest values, default 10. */
  readonly least?: number;
  /** Most largest values, default a tenth of all. */
  readonly most?: number;
  /** Default 0.95. */
  readonly level?: number;
}

/** Estimates from a sample sorted in increasing order, for increasing numbers of largest values. */
function estimates(sorted: Float64Array, numbers: readonly number[], level: number): HillEstimate[] {
  const last = sorted.length - 1;
  const z = normalQuantile((1 + level) / 2);
  let [added, sum] = [0, 0];
  return numbers.map((exceedances) => {
    const threshold = sorted[last - exceedances];
    if (!(threshold > 0)) throw unexpected(`threshold at ${exceedances} exceedances`, "an order statistic above 0", threshold);
    // Spacings keep their digits where the logarithms of large values would cancel.
    for (; added < exceedances; added += 1) sum += (added + 1) * Math.log(sorted[last - added] / sorted[last - added - 1]);
    if (sum === 0) throw unexpected(`values above the threshold at ${exceedances} exceedances`, "at least 1", 0);
    const estimate = exceedances / sum;
    const standardError = estimate / Math.sqrt(exceedances);
    return { estimate, standardError, interval: symmetricInterval(estimate, standardError, z, level), exceedances, threshold };
  });
}

function sortedFor(values: ArrayLike<number>, exceedances: number): Float64Array {
  requireFiniteEntries("values", values, 2);
  if (exceedances >= values.length) throw unexpected("exceedances", `fewer than the ${values.length} values`, exceedances);
  return Float64Array.from(values).sort();
}

/**
 * Hill's estimator of the tail index from the `k` largest values, `α = k / Σ_{i<=k} log(x_(n-i+1)/x_(n-k))`, with the
 * asymptotic standard error `α/√k`.
 *
 * Assumes independent values whose tail above `x_(n-k)` is a power; otherwise the bias, which the interval does not
 * know of, outweighs the error.
 *
 * Source: B. M. Hill, Ann. Statist. 3 (1975) 1163.
 *
 * @throws RangeError for fewer than 2 values, one that is not finite, `k` that is not an integer from 1 to `n - 1`,
 * a threshold that is not above 0, or `k` largest values that all equal it.
 */
export function hillEstimate(values: ArrayLike<number>, exceedances: number, level = 0.95): HillEstimate {
  requireIntegerAtLeast("exceedances", exceedances, 1);
  requireProbability("level", level);
  return estimates(sortedFor(values, exceedances), [exceedances], level)[0];
}

/**
 * Hill estimates at numbers of largest values that are evenly spaced on the logarithmic scale, in increasing order.
 *
 * @throws RangeError as {@link hillEstimate}, or for fewer than 2 points or `most` below `least`.
 */
export function hillPlot(values: ArrayLike<number>, options: HillPlotOptions = {}): readonly HillEstimate[] {
  const { points = 100, least = 10, level = 0.95 } = options;
  const most = options.most ?? Math.floor(values.length / 10);
  requireIntegerAtLeast("points", points, 2);
  requireIntegerAtLeast("least", least, 1);
  requireIntegerAtLeast("most", most, least);
  requireProbability("level", level);
  const numbers = Array.from({ length: points }, (_, i) => Math.round(least * (most / least) ** (i / (points - 1))));
  return estimates(sortedFor(values, most), [...new Set(numbers)], level);
}
