import { requireFiniteEntries, requireProbability, unexpected } from "../numerics/index.ts";
import type { Interval } from "./interval.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { sortedQuantile } from "./quantile.ts";
import { mostExactRanks, signedRankLaw } from "./signed-rank-law.ts";

/** The centre of paired differences. */
export interface HodgesLehmann {
  /** Median of the Walsh averages. */
  readonly estimate: number;
  /** Unbounded where there are too few differences for the level. */
  readonly interval: Interval;
  /** The probability with which such an interval covers the centre of symmetry of a continuous law, at least the level. */
  readonly coverage: number;
  readonly count: number;
}

const MOST_DIFFERENCES = 4000;

/** The largest `c` with `P(W+ < c) <= tail`, and that probability. */
function cut(count: number, tail: number): { readonly rank: number; readonly below: number } {
  if (count > mostExactRanks) {
    const mean = (count * (count + 1)) / 4;
    const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24);
    const rank = Math.floor(mean + 0.5 + normalQuantile(tail) * deviation);
    return { rank, below: normalCdf((rank - 0.5 - mean) / deviation) };
  }
  const law = signedRankLaw(Array.from({ length: count }, (_, i) => i + 1));
  let [rank, below] = [0, 0];
  while (below + law[rank] <= tail) {
    below += law[rank];
    rank += 1;
  }
  return { rank, below };
}

/**
 * Hodges and Lehmann's estimate of the centre of symmetry of differences, the median of their Walsh averages
 * `(d_i + d_j)/2`, `i <= j`, with the interval of the values that the two-sided signed-rank test does not reject:
 * between the `c`-th smallest and `c`-th largest average. Exact for a continuous law up to 50 differences, by the normal
 * law with continuity correction beyond; conservative with ties.
 *
 * Source: J. L. Hodges, E. L. Lehmann, Ann. Math. Statist. 34 (1963) 598; M. Hollander, D. A. Wolfe, E. Chicken,
 * Nonparametric Statistical Methods (2014), 3.2 and 3.3.
 *
 * @throws RangeError for no differences, more than 4000, one that is not finite, or a level outside (0, 1).
 */
export function hodgesLehmann(differences: ArrayLike<number>, level = 0.95): HodgesLehmann {
  requireFiniteEntries("differences", differences);
  requireProbability("level", level);
  const count = differences.length;
  if (count > MOST_DIFFERENCES) throw unexpected("differences.length", `at most ${MOST_DIFFERENCES}`, count);
  const averages = new Float64Array((count * (count + 1)) / 2);
  for (let i = 0, next = 0; i < count; i += 1) for (let j = i; j < count; j += 1, next += 1) averages[next] = differences[i] / 2 + differences[j] / 2;
  averages.sort();
  const { rank, below } = cut(count, (1 - level) / 2);
  const [low, high] = rank === 0 ? [-Infinity, Infinity] : [averages[rank - 1], averages[averages.length - rank]];
  return { estimate: sortedQuantile(averages, 0.5), interval: { low, high, level }, coverage: 1 - 2 * below, count };
}
