import erfc from "@stdlib/math-base-special-erfc";
import quantile from "@stdlib/stats-base-dists-normal-quantile";
import { requireProbability, unexpected } from "../numerics/index.ts";

/** `P(Z <= x)` of the standard normal law, accurate in both tails. @throws RangeError for NaN. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw unexpected("x", "a number", x);
  return erfc(-x / Math.SQRT2) / 2;
}

/** The `p`-quantile of the standard normal law, `0 < p < 1`. @throws RangeError otherwise. */
export function normalQuantile(p: number): number {
  return quantile(requireProbability("p", p), 0, 1);
}
