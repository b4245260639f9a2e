import { requireEqualLengths, requireFiniteEntries, requireProbability, unexpected } from "../numerics/index.ts";
import { symmetricInterval, type Estimate } from "./interval.ts";
import type { FittedLaw, LawFamily } from "./law-families.ts";
import { mean, standardErrorOfMean } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";

/** A family fitted to some draws and judged on others. */
export interface HeldOutLikelihood {
  readonly name: string;
  readonly law: FittedLaw;
  /** `log p(x)` of each held-out draw. */
  readonly logDensities: Float64Array;
  /** Their mean, in nats a draw; -Infinity with a point for an interval where the law gives some draw no chance. */
  readonly meanLogLikelihood: Estimate;
  /**
   * Akaike's `2 parameters - 2 log-likelihood` of the draws fitted to. Of a family not fitted by maximum likelihood it
   * is an upper bound.
   */
  readonly akaike: number;
}

/** A mean of independent values that may be infinite, with Student's interval. */
function meanEstimate(values: Float64Array, level: number): Estimate {
  const infinite = values.find((value) => !Number.isFinite(value));
  if (infinite !== undefined) return { estimate: infinite, standardError: 0, interval: { low: infinite, high: infinite, level } };
  const [estimate, standardError] = [mean(values), standardErrorOfMean(values)];
  return { estimate, standardError, interval: symmetricInterval(estimate, standardError, studentTQuantile((1 + level) / 2, values.length - 1), level) };
}

const logDensitiesOf = (values: ArrayLike<number>, law: FittedLaw) => Float64Array.from(values, (x) => law.logDensity(x));

/**
 * Fits families to independent draws and takes the mean log-likelihood of other draws, `E log p(x)`: the entropy of the
 * draws' law, negative, less the Kullback–Leibler distance of the fitted law from it. More parameters earn nothing.
 *
 * @throws RangeError for fewer than 2 values, one that is not finite, a density that is not a number, or a level
 * outside (0, 1).
 */
export function heldOutLikelihood(
  families: readonly LawFamily[],
  { training, heldOut, level = 0.95 }: { readonly training: ArrayLike<number>; readonly heldOut: ArrayLike<number>; readonly level?: number },
): readonly HeldOutLikelihood[] {
  const fitted = Float64Array.from(requireFiniteEntries("training", training, 2));
  requireFiniteEntries("heldOut", heldOut, 2);
  requireProbability("level", level);
  return families.map(({ name, parameterCount, fit }) => {
    const law = fit(fitted);
    const logDensities = logDensitiesOf(heldOut, law);
    const bad = logDensities.findIndex((value) => Number.isNaN(value) || value === Infinity);
    if (bad >= 0) throw unexpected(`log-density of the ${name} law at heldOut[${bad}]`, "a number below Infinity", logDensities[bad]);
    const logLikelihood = logDensitiesOf(fitted, law).reduce((sum, value) => sum + value, 0);
    return { name, law, logDensities, meanLogLikelihood: meanEstimate(logDensities, level), akaike: 2 * parameterCount - 2 * logLikelihood };
  });
}

/**
 * Mean of `log p(x) - log q(x)` over the same held-out draws, with Student's interval over the pairs: above 0 where the
 * first law is nearer to that of the draws. Infinite where one of the laws gives some draw no chance.
 *
 * Source: Q. H. Vuong, Econometrica 57 (1989) 307, for the comparison of laws that need not be nested.
 *
 * @throws RangeError for other draws, a draw that has no chance under either law, or a level outside (0, 1).
 */
export function likelihoodDifference(first: HeldOutLikelihood, second: HeldOutLikelihood, level = 0.95): Estimate {
  requireProbability("level", level);
  requireEqualLengths("first.logDensities", first.logDensities, "second.logDensities", second.logDensities);
  const differences = first.logDensities.map((value, i) => value - second.logDensities[i]);
  const ends = [-Infinity, Infinity].map((end) => differences.includes(end));
  const bad = differences.findIndex(Number.isNaN);
  if (bad >= 0 || (ends[0] && ends[1])) throw unexpected(`log-densities of ${first.name} and ${second.name}`, "one of them finite at every draw", bad >= 0 ? -Infinity : 0);
  return meanEstimate(differences, level);
}
