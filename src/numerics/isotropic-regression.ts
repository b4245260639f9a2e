import { requireIntegerAtLeast, requireNonNegative, requirePositive } from "./argument-checks.ts";

/** Ridge regression on inputs of covariance `λI` in `d` dimensions. */
export interface IsotropicRegression {
  /** `d`. */
  readonly dimension: number;
  /** `λ`. */
  readonly curvature: number;
  /** `δ`. */
  readonly ridge: number;
  /** `γ`. */
  readonly stepSize: number;
  /** `B`. */
  readonly batchSize: number;
}

/** @throws RangeError that names what is not positive and finite (the ridge may be 0) or not an integer. */
export function requireIsotropicRegression(regression: IsotropicRegression): IsotropicRegression {
  requireIntegerAtLeast("dimension", regression.dimension, 1);
  requirePositive("curvature", regression.curvature);
  requireNonNegative("ridge", regression.ridge);
  requirePositive("stepSize", regression.stepSize);
  requireIntegerAtLeast("batchSize", regression.batchSize, 1);
  return regression;
}
