import { requireFinite, requireIntegerAtLeast, unexpected } from "./argument-checks.ts";
import { gaussRule, type QuadratureRule } from "./golub-welsch.ts";

export type { QuadratureRule } from "./golub-welsch.ts";

/**
 * Gauss–Legendre rule on `[lower, upper]`, exact for polynomials of degree `2 count - 1`.
 *
 * @throws RangeError for fewer than one node or an empty or unbounded interval.
 */
export function gaussLegendre(count: number, lower = -1, upper = 1): QuadratureRule {
  requireIntegerAtLeast("count", count, 1);
  requireFinite("lower", lower);
  if (!(requireFinite("upper", upper) > lower)) throw unexpected("upper", `a number above lower = ${lower}`, upper);
  const rule = gaussRule({ centre: () => 0, square: (k) => (k * k) / (4 * k * k - 1) }, count);
  const [middle, half] = [(lower + upper) / 2, (upper - lower) / 2];
  return { nodes: rule.nodes.map((x) => middle + half * x), weights: rule.weights.map((w) => 2 * half * w) };
}

/**
 * Probabilists' Gauss–Hermite rule: `sum_i w_i f(x_i) ≈ E f(Z)`, `Z ~ N(0, 1)`; the weights add up to 1.
 * Weights below about 1e-290 are 0.
 *
 * @throws RangeError for fewer than one node.
 */
export function gaussHermite(count: number): QuadratureRule {
  requireIntegerAtLeast("count", count, 1);
  return gaussRule({ centre: () => 0, square: (k) => k }, count);
}

/**
 * Generalised Gauss–Laguerre rule for the Gamma law of the given shape and unit scale:
 * `sum_i w_i f(x_i) ≈ 1/Γ(shape) ∫ x^(shape-1) e^(-x) f(x) dx` over `x > 0`; the weights add up to 1.
 * In the usual notation the exponent is `α = shape - 1`. Weights below about 1e-290 are 0.
 *
 * @throws RangeError for fewer than one node or a shape that is not positive.
 */
export function gaussLaguerre(count: number, shape = 1): QuadratureRule {
  requireIntegerAtLeast("count", count, 1);
  if (!(Number.isFinite(shape) && shape > 0)) throw unexpected("shape", "a finite number above 0", shape);
  return gaussRule({ centre: (k) => 2 * k + shape, square: (k) => k * (k + shape - 1) }, count);
}
