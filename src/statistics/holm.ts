import { requireProbability, unexpected } from "../numerics/index.ts";

/** Holm's step-down correction of several p-values. */
export interface HolmResult {
  /** Adjusted p-values in the order given. */
  readonly adjusted: readonly number[];
  readonly rejected: readonly boolean[];
}

/**
 * Adjusts p-values so that rejecting every adjusted value up to `level` keeps the chance of any false rejection
 * below `level`, whatever the dependence between the tests.
 *
 * Source: S. Holm, Scand. J. Statist. 6 (1979) 65.
 *
 * @throws RangeError for no p-values, one outside `[0, 1]`, or a level outside (0, 1).
 */
export function holm(pValues: readonly number[], level = 0.05): HolmResult {
  requireProbability("level", level);
  if (pValues.length === 0) throw unexpected("pValues.length", "at least 1 p-value", 0);
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) throw unexpected(`pValues[${i}]`, "a number in [0, 1]", p);
  });
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]));
    adjusted[index] = largest;
  });
  return { adjusted, rejected: adjusted.map((p) => p <= level) };
}
