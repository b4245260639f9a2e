import { requireFiniteEntries } from "../numerics/index.ts";

/** Arithmetic mean. @throws RangeError for no values or one that is not finite. */
export function mean(values: ArrayLike<number>): number {
  requireFiniteEntries("values", values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i];
  return sum / values.length;
}

/** Unbiased sample variance, by two passes. @throws RangeError for fewer than two values or one that is not finite. */
export function variance(values: ArrayLike<number>): number {
  requireFiniteEntries("values", values, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] - centre) ** 2;
  return sum / (values.length - 1);
}

/** Standard error of the mean of independent values. @throws RangeError as {@link variance}. */
export function standardErrorOfMean(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values) / values.length);
}
