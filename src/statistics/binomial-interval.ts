import { requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { betaQuantile } from "./beta-quantile.ts";
import type { Interval } from "./interval.ts";

/**
 * Clopper and Pearson's interval of a probability from `successes` among independent `trials`: each end is the
 * probability at which so many successes, or more extreme ones, have chance `(1 - level)/2`. It covers at least at its level.
 *
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404.
 *
 * @throws RangeError for counts that are not integers with `0 <= successes <= trials`, no trials, or a level outside (0, 1).
 */
export function binomialInterval(successes: number, trials: number, level = 0.95): Interval {
  requireIntegerAtLeast("trials", trials, 1);
  requireIntegerAtLeast("successes", successes, 0);
  if (successes > trials) throw unexpected("successes", `at most the ${trials} trials`, successes);
  requireProbability("level", level);
  const tail = (1 - level) / 2;
  const low = successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1);
  const high = successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes);
  return { low, high, level };
}
