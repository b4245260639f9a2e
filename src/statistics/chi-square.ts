import { findRoot, incompleteGamma, requirePositive, requireProbability } from "../numerics/index.ts";

/** `P(χ² <= x)`. @throws RangeError for a negative `x` or degrees of freedom that are not positive. */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  return incompleteGamma(requirePositive("degreesOfFreedom", degreesOfFreedom) / 2, x / 2).lower;
}

/** The `p`-quantile of the chi-square law, `0 < p < 1`. @throws RangeError otherwise. */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  requireProbability("p", p);
  requirePositive("degreesOfFreedom", degreesOfFreedom);
  const excess = (logX: number) => {
    const { lower, upper } = incompleteGamma(degreesOfFreedom / 2, Math.exp(logX) / 2);
    return p < 0.5 ? Math.log(Math.max(lower, 1e-320)) - Math.log(p) : Math.log1p(-p) - Math.log(Math.max(upper, 1e-320));
  };
  let [low, high] = [Math.log(degreesOfFreedom) - 1, Math.log(degreesOfFreedom) + 1];
  while (excess(low) > 0) low -= 1 + Math.abs(low);
  while (excess(high) < 0) high += 1;
  return Math.exp(findRoot(excess, low, high));
}
