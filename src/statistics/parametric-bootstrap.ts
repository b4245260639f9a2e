import { requireFiniteEntries, requireIntegerAtLeast, requireProbability } from "../numerics/index.ts";
import { andersonDarling } from "./anderson-darling.ts";
import { binomialInterval } from "./binomial-interval.ts";
import type { Interval } from "./interval.ts";
import { kolmogorovDistance, kolmogorovSmirnovPValue } from "./kolmogorov-smirnov.ts";
import type { FittedLaw, LawFamily } from "./law-families.ts";
import type { RandomSource } from "./random-source.ts";

/** A distance of values to the law fitted to them, with its place among those of bootstrap samples. */
export interface BootstrapTest {
  readonly statistic: number;
  /** `(1 + exceeding) / (1 + resamples)`. */
  readonly pValue: number;
  /** What is known of the p-value of infinitely many resamples: the exact binomial interval of the share exceeding. */
  readonly interval: Interval;
  /** Bootstrap samples at least as far from their own fit. */
  readonly exceeding: number;
  /** The bootstrap samples' statistics in increasing order. */
  readonly resampled: Float64Array;
}

/** A goodness-of-fit test with fitted parameters. */
export interface GoodnessOfFit {
  readonly count: number;
  readonly resamples: number;
  readonly kolmogorovSmirnov: BootstrapTest;
  readonly andersonDarling: BootstrapTest;
  /** The tabulated p-value of the Kolmogorov–Smirnov distance, which holds for a law fixed beforehand; too large here. */
  readonly tabulatedPValue: number;
}

/** Values, the family in question, and how often it is resampled. */
export interface GoodnessOfFitOptions {
  /** Independent draws. */
  readonly values: ArrayLike<number>;
  readonly family: LawFamily;
  readonly random: RandomSource;
  /** Default 199, by which a p-value of 0.05 is one that can be attained. */
  readonly resamples?: number;
  /** Level of the interval of the p-value; default 0.95. */
  readonly level?: number;
  readonly onResample?: (done: number) => void;
}

function distances(values: Float64Array, law: FittedLaw): [number, number] {
  const sorted = values.toSorted();
  return [kolmogorovDistance(sorted, law.cdf), andersonDarling(sorted, law)];
}

function bootstrapTest(statistic: number, resampled: Float64Array, level: number): BootstrapTest {
  resampled.sort();
  const exceeding = resampled.reduce((count, value) => count + (value >= statistic ? 1 : 0), 0);
  const pValue = (1 + exceeding) / (1 + resampled.length);
  return { statistic, pValue, interval: binomialInterval(exceeding, resampled.length, level), exceeding, resampled };
}

/**
 * Tests whether independent draws come from some member of a parametric family, by the distances of Kolmogorov and
 * Smirnov and of Anderson and Darling to the member fitted to the draws. Their laws depend on the fit, so they are
 * found by drawing samples of the same size from the fitted member and fitting each anew.
 *
 * Not valid for dependent draws. The p-value is exact for a family of location and scale with an estimator that moves
 * with them, and approximate with `n` where the law of the distance depends on a shape.
 *
 * Source: W. Stute, W. González Manteiga, M. Presedo Quindimil, Metrika 40 (1993) 243; A. C. Davison, D. V. Hinkley,
 * Bootstrap Methods and their Application (1997), 4.2.
 *
 * @throws RangeError for no values or one that is not finite, fewer than 19 resamples, or a level outside (0, 1).
 * @throws Error, with the cause, that names the bootstrap sample whose fit failed.
 */
export function goodnessOfFit({ values, family, random, resamples = 199, level = 0.95, onResample }: GoodnessOfFitOptions): GoodnessOfFit {
  const data = Float64Array.from(requireFiniteEntries("values", values));
  requireIntegerAtLeast("resamples", resamples, 19);
  requireProbability("level", level);
  const law = family.fit(data);
  const [distance, squared] = distances(data, law);
  const [smirnov, darling] = [new Float64Array(resamples), new Float64Array(resamples)];
  const draw = law.draws(random);
  for (let i = 0; i < resamples; i += 1) {
    const sample = Float64Array.from(data, draw);
    try {
      [smirnov[i], darling[i]] = distances(sample, family.fit(sample));
    } catch (cause) {
      throw new Error(`goodnessOfFit: bootstrap sample ${i} of the ${family.name} family cannot be fitted`, { cause });
    }
    onResample?.(i + 1);
  }
  return {
    count: data.length,
    resamples,
    kolmogorovSmirnov: bootstrapTest(distance, smirnov, level),
    andersonDarling: bootstrapTest(squared, darling, level),
    tabulatedPValue: kolmogorovSmirnovPValue(data.length, distance),
  };
}
