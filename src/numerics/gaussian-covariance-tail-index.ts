import { requireIsotropicRegression, type IsotropicRegression } from "./isotropic-regression.ts";
import type { TailIndex } from "./tail-index.ts";

/**
 * Tail index of the SDE with the exact covariance of normal inputs,
 * `dX = -γ(∇L + δX) dt + γ √((2L H + ∇L∇Lᵀ)/B) dW`, `H = λI`: `(3 - d)/2 + B(λ + δ)/(γλ²)`. Far out the radius has
 * noise `2γ²λ²r²/B`, twice that of every other direction, so that `r^p` grows at the rate
 * `p[-γ(λ + δ) + (γ²λ²/2B)(2(p - 1) + d - 1)]`.
 *
 * @throws RangeError for input that is not positive and finite, or a dimension or batch size that is not an integer.
 */
export function gaussianCovarianceTailIndex(regression: IsotropicRegression): TailIndex {
  const { dimension, curvature, ridge, stepSize, batchSize } = requireIsotropicRegression(regression);
  const index = (3 - dimension) / 2 + (batchSize * (curvature + ridge)) / (stepSize * curvature ** 2);
  const lyapunovExponent = -((stepSize * curvature) ** 2 / batchSize) * index;
  if (index > 0) return { kind: "power law", index, lyapunovExponent, error: 0 };
  return { kind: "not stationary", index: undefined, lyapunovExponent, reason: `the Lyapunov exponent ${lyapunovExponent.toPrecision(4)} is not negative: the equation has no stationary law` };
}
