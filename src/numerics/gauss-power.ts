import { requireIntegerAtLeast, requirePositive } from "./argument-checks.ts";
import { gaussRule, type QuadratureRule } from "./golub-welsch.ts";

/**
 * Gauss–Jacobi rule for the law of `U^(1/shape)`, `U` uniform: `sum_i w_i f(x_i) ≈ shape ∫_0^1 x^(shape-1) f(x) dx`;
 * the weights add up to 1. For integrands with a power at one end.
 *
 * @throws RangeError for fewer than one node or a shape that is not positive.
 */
export function gaussPower(count: number, shape: number): QuadratureRule {
  requireIntegerAtLeast("count", count, 1);
  const power = requirePositive("shape", shape) - 1;
  const centre = (k: number) => (k === 0 ? power / (shape + 1) : power ** 2 / ((2 * k + power) * (2 * k + shape + 1)));
  const square = (k: number) => ((k / (2 * k + power)) * ((k + power) / (2 * k + power)) * 4 * k * (k + power)) / ((2 * k + shape) * (2 * (k - 1) + shape));
  const rule = gaussRule({ centre, square }, count);
  return { nodes: rule.nodes.map((x) => (1 + x) / 2), weights: rule.weights };
}
