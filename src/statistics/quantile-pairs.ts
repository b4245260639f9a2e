import { requireFiniteEntries, requireIntegerAtLeast, requireProbability } from "../numerics/index.ts";
import { betaQuantile } from "./beta-quantile.ts";

/** An order statistic beside the quantile of a law. */
export interface QuantilePair {
  /** From 1, the smallest value, to the number of values. */
  readonly rank: number;
  /** `(rank - ½)/n`. */
  readonly probability: number;
  /** The law's quantile there. */
  readonly expected: number;
  readonly observed: number;
  /** Where the order statistic lies with probability `level` under the law. */
  readonly low: number;
  readonly high: number;
}

/** Ranks evenly spaced in `log(p/(1 - p))`, so that both tails are seen, from 1 to `count`, each once. */
function spreadRanks(count: number, points: number): number[] {
  if (count <= points) return Array.from({ length: count }, (_, i) => i + 1);
  const end = Math.log(2 * count - 1);
  const rank = (i: number) => Math.round(count / (1 + Math.exp(end - (2 * end * i) / (points - 1))) + 0.5);
  return [...new Set(Array.from({ length: points }, (_, i) => Math.min(count, Math.max(1, rank(i)))))];
}

/**
 * The pairs of a quantile–quantile figure: order statistics `x_(i)` beside the law's quantiles at `(i - ½)/n`, for
 * all ranks or for up to `points` (200 by default) that reach from the smallest value to the largest. The band is
 * pointwise: `F(X_(i))` has the Beta law with shapes `i` and `n - i + 1`, whose central interval is mapped by the quantile
 * function.
 *
 * Assumes independent values and a continuous law that was not fitted to them; for a fitted law the band is too wide.
 *
 * Source: H. A. David, H. N. Nagaraja, Order Statistics (2003), 2.1.
 *
 * @param quantile The law's quantile function on (0, 1).
 * @throws RangeError for no values, one that is not finite, a quantile that is not finite, fewer than 2 points, or a
 * level outside (0, 1).
 */
export function quantilePairs(
  values: ArrayLike<number>,
  quantile: (p: number) => number,
  { points = 200, level = 0.95 }: { readonly points?: number; readonly level?: number } = {},
): readonly QuantilePair[] {
  requireIntegerAtLeast("points", points, 2);
  requireProbability("level", level);
  const sorted = Float64Array.from(requireFiniteEntries("values", values)).sort();
  const count = sorted.length;
  return spreadRanks(count, points).map((rank) => {
    const probability = (rank - 0.5) / count;
    const end = (p: number) => quantile(betaQuantile(p, rank, count - rank + 1));
    const [expected, low, high] = requireFiniteEntries(`quantiles at rank ${rank}`, [quantile(probability), end((1 - level) / 2), end((1 + level) / 2)]);
    return { rank, probability, expected, observed: sorted[rank - 1], low, high };
  });
}
