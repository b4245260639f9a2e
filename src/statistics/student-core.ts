import { digamma, findRoot, requireFiniteEntries, requirePositive, requireProbability, trigamma } from "../numerics/index.ts";
import { bootstrapInterval, type BootstrapEstimate } from "./bootstrap.ts";
import { symmetricInterval, type Estimate } from "./interval.ts";
import { mean, standardErrorOfMean } from "./moments.ts";
import { normalQuantile } from "./normal.ts";
import type { RandomSource } from "./random-source.ts";

/** The fitted exponent `φ` of `p(x) ∝ (1 + x²)^(-φ)`. */
export interface StudentCore extends Estimate {
  /** Mean of `log(1 + x²)`, the sufficient statistic. */
  readonly meanLog: number;
  /** The interval of resampled means, where a generator was given. */
  readonly bootstrap: BootstrapEstimate | undefined;
}

/**
 * The exponent `φ > 1/2` with `E log(1 + x²) = ψ(φ) - ψ(φ - 1/2)` under `p(x) ∝ (1 + x²)^(-φ)`, a Student law with
 * `2φ - 1` degrees of freedom on the scale `1/√(2φ - 1)`.
 *
 * @throws RangeError for a mean that is not positive, or so small or large that `φ - 1/2` is outside `[e^-30, e^18]`.
 */
export function studentCoreExponent(meanLog: number): number {
  requirePositive("meanLog", meanLog);
  const excess = (logShape: number) => Math.log(digamma(Math.exp(logShape) + 0.5) - digamma(Math.exp(logShape))) - Math.log(meanLog);
  return Math.exp(findRoot(excess, -30, 18)) + 0.5;
}

/**
 * Maximum-likelihood exponent of `p(x) ∝ (1 + x²)^(-φ)` from independent values, with a normal interval by the delta
 * method and, when `random` is given, a percentile bootstrap interval over the values. The standard error uses
 * the sample variance of `log(1 + x²)`, so that it holds also for data that are not of this family (the core of a
 * law with another tail); `φ` is then the member with the same mean logarithm.
 *
 * @throws RangeError for fewer than 2 values, a value that is not finite, or values that are all 0.
 */
export function studentCore(
  values: ArrayLike<number>,
  { level = 0.95, random, resamples = 1000 }: { readonly level?: number; readonly random?: RandomSource; readonly resamples?: number } = {},
): StudentCore {
  requireFiniteEntries("values", values, 2);
  requireProbability("level", level);
  const logarithms = Array.from(values, (x) => Math.log1p(x * x));
  const meanLog = mean(logarithms);
  const estimate = studentCoreExponent(meanLog);
  const slope = Math.abs(trigamma(estimate) - trigamma(estimate - 0.5));
  const standardError = standardErrorOfMean(logarithms) / slope;
  const interval = symmetricInterval(estimate, standardError, normalQuantile((1 + level) / 2), level);
  const bootstrap = random && bootstrapMeanLog(logarithms, level, resamples, random);
  return { estimate, standardError, interval, meanLog, bootstrap };
}

/** Percentile interval of the mean logarithm, mapped to the exponent; monotone, so that quantiles map to quantiles. */
function bootstrapMeanLog(logarithms: readonly number[], level: number, resamples: number, random: RandomSource): BootstrapEstimate {
  const average = (units: readonly number[]) => units.reduce((sum, value) => sum + value, 0) / units.length;
  return bootstrapInterval({
    units: logarithms,
    statistic: (units) => studentCoreExponent(average(units)),
    random,
    resamples,
    level,
    method: "percentile",
  });
}
