import { isotropicFactors } from "./isotropic-factors.ts";
import { requireIsotropicRegression, type IsotropicRegression } from "./isotropic-regression.ts";
import { kestenRoot } from "./log-factor-law.ts";
import type { TailIndex } from "./tail-index.ts";

/**
 * Exact tail index of SGD with a ridge on fresh normal inputs of covariance `λI`, any dimension and batch size: the
 * root `α > 0` of `E M^α = 1`,
 * `M² = (1 - γδ - γλS/B)² + γ²λ²SS'/B²`, `S ~ χ²_B`, `S' ~ χ²_{d-1}`. The law of a step is invariant under rotations,
 * so the equation for one step is exact for products. Without a ridge the index is 2 at `γλ = 2B/(d + B + 1)`.
 *
 * Assumes label noise that does not vanish. The Lyapunov exponent is `E log M`. Quadrature leaves about `1e-10` where
 * there is a stationary law, `1e-7` of the exponent at the largest steps.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207; the law of `M` is this project's derivation.
 *
 * @throws RangeError for input that is not positive and finite, or a dimension or batch size that is not an integer.
 */
export function isotropicKestenIndex(regression: IsotropicRegression): TailIndex {
  const { curvature, stepSize, batchSize } = requireIsotropicRegression(regression);
  return kestenRoot(isotropicFactors(regression), batchSize / (stepSize * curvature), "unbounded", "‖(I - γ(H_B + δ))u‖");
}

/**
 * Step size from which on the second moment of the same process is infinite,
 * `2(λ + δ) / (δ² + 2λδ + λ²(d + B + 1)/B)`.
 *
 * @throws RangeError as {@link isotropicKestenIndex}.
 */
export function isotropicMeanSquareThreshold(regression: Omit<IsotropicRegression, "stepSize">): number {
  const { dimension, curvature, ridge, batchSize } = requireIsotropicRegression({ ...regression, stepSize: 1 });
  return (2 * (curvature + ridge)) / (ridge * ridge + 2 * curvature * ridge + (curvature * curvature * (dimension + batchSize + 1)) / batchSize);
}
