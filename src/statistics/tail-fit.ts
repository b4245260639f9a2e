import { requireFinite, requireFiniteEntries, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { fitGeneralizedPareto, type GeneralizedParetoFit } from "./generalized-pareto.ts";

/** A generalised Pareto law fitted to the excesses over a threshold, with the tail index that it means. */
export interface TailFit extends GeneralizedParetoFit {
  readonly kind: "fit";
  readonly threshold: number;
  /** Values strictly above the threshold. */
  readonly exceedances: number;
  /** Share of all values that are not above the threshold. */
  readonly probability: number;
  /** `α = 1/ξ`; infinite for a shape that is not above 0. */
  readonly tailIndex: number;
  /** The profile interval of the tail index, open (`high` infinite) where that of the shape reaches 0 or below. */
  readonly low: number;
  readonly high: number;
}

/** A threshold with too few values above it to be fitted. */
export interface TooFewExceedances {
  readonly kind: "too few exceedances";
  readonly threshold: number;
  readonly exceedances: number;
  readonly required: number;
  readonly probability: number;
}

/** Where the tail begins: at a value, at an order statistic, or at a quantile. Exactly one is given. */
export type TailThreshold =
  | { readonly threshold: number }
  /** The tail is what lies above the order statistic with this many values after it. */
  | { readonly exceedances: number }
  /** The threshold is the order statistic with at most `n (1 - probability)` values after it. */
  | { readonly probability: number };

/** What a tail fit needs and how sure its interval is to be. */
export interface TailFitOptions {
  /** Fewest exceedances that are fitted; default 200. */
  readonly required?: number;
  /** Default 0.95. */
  readonly level?: number;
}

/** The thresholds, as quantiles, at which a tail index is reported. */
export const tailProbabilities: readonly number[] = [0.95, 0.98, 0.99, 0.995, 0.998];

const reciprocal = (shape: number) => (shape > 0 ? 1 / shape : Infinity);

function firstAbove(sorted: Float64Array, threshold: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > threshold) high = middle;
    else low = middle + 1;
  }
  return low;
}

function thresholdOf(sorted: Float64Array, at: TailThreshold): number {
  if ("threshold" in at) return requireFinite("threshold", at.threshold);
  const count = sorted.length;
  if ("exceedances" in at) {
    requireIntegerAtLeast("exceedances", at.exceedances, 1);
    if (at.exceedances >= count) throw unexpected("exceedances", `fewer than the ${count} values`, at.exceedances);
    return sorted[count - 1 - at.exceedances];
  }
  // 1 - 0.998 is not 0.002: the rounding must not cost an exceedance.
  const above = Math.floor(count * (1 - requireProbability("probability", at.probability)) * (1 + 1e-12));
  return sorted[Math.max(0, count - 1 - above)];
}

function fitSorted(sorted: Float64Array, at: TailThreshold, { required = 200, level = 0.95 }: TailFitOptions): TailFit | TooFewExceedances {
  requireIntegerAtLeast("required", required, 2);
  requireProbability("level", level);
  const threshold = thresholdOf(sorted, at);
  const first = firstAbove(sorted, threshold);
  const exceedances = sorted.length - first;
  const probability = first / sorted.length;
  if (exceedances < required) return { kind: "too few exceedances", threshold, exceedances, required, probability };
  const fit = fitGeneralizedPareto(sorted.subarray(first).map((value) => value - threshold), { level });
  const { low, high } = fit.shapeInterval;
  return { ...fit, kind: "fit", threshold, exceedances, probability, tailIndex: reciprocal(fit.shape), low: reciprocal(high), high: reciprocal(low) };
}

const sortedCopy = (values: ArrayLike<number>) => Float64Array.from(requireFiniteEntries("values", values)).sort();

/**
 * Tail index of the upper tail by peaks over a threshold: the generalised Pareto law of the excesses `x - u > 0` by
 * maximum likelihood, `α = 1/ξ`, with the profile-likelihood interval of the shape turned into that of the index. A
 * value at the threshold, such as one tied with the order statistic that defines it, is not an exceedance.
 *
 * Assumes independent values and a threshold chosen before they were seen. The interval is that of the fitted law: it
 * knows nothing of the bias of a threshold that is too low.
 *
 * Source: A. C. Davison, R. L. Smith, J. R. Stat. Soc. B 52 (1990) 393.
 *
 * @returns the fit, or how many exceedances were found where more are required.
 * @throws RangeError for no values, one that is not finite, a threshold that is not finite, a number of exceedances
 * that the values do not have, a probability or level outside (0, 1), `required` below 2, or excesses that are all equal.
 */
export function tailFit(values: ArrayLike<number>, at: TailThreshold, options: TailFitOptions = {}): TailFit | TooFewExceedances {
  return fitSorted(sortedCopy(values), at, options);
}

/** {@link tailFit} at several quantiles, in the order given, from one sorting. @throws RangeError as {@link tailFit}. */
export function tailFits(
  values: ArrayLike<number>,
  probabilities: readonly number[] = tailProbabilities,
  options: TailFitOptions = {},
): readonly (TailFit | TooFewExceedances)[] {
  const sorted = sortedCopy(values);
  return probabilities.map((probability) => fitSorted(sorted, { probability }, options));
}

/**
 * The fits that a verdict on a tail index rests on: those at the highest thresholds that had enough exceedances, two
 * unless said otherwise, lower threshold first. Fewer are returned where there are fewer; a verdict is then
 * inconclusive.
 */
export function highestTailFits(fits: readonly (TailFit | TooFewExceedances)[], count = 2): readonly TailFit[] {
  requireIntegerAtLeast("count", count, 1);
  const fitted = fits.filter((fit) => fit.kind === "fit");
  return fitted.sort((a, b) => a.threshold - b.threshold).slice(-count);
}
