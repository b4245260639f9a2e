import { requireIntegerAtLeast } from "./argument-checks.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { gaussRule, type QuadratureRule } from "./golub-welsch.ts";

/** The density `x^(degrees-1) e^(-x²/2)`, up to a constant, on a fine composite rule. */
function discretised(degrees: number): QuadratureRule {
  const mode = Math.sqrt(degrees - 1);
  const lower = Math.max(0, mode - 38);
  const [panels, rule] = [Math.ceil(2 * (mode + 38 - lower)), gaussLegendre(24, 0, 1)];
  const width = (mode + 38 - lower) / panels;
  const nodes = Float64Array.from({ length: panels * 24 }, (_, i) => lower + width * (Math.floor(i / 24) + rule.nodes[i % 24]));
  const logDensity = (x: number) => (degrees === 1 ? 0 : (degrees - 1) * Math.log(x)) - (x * x) / 2;
  const top = mode === 0 ? 0 : logDensity(mode);
  const weights = nodes.map((x, i) => rule.weights[i % 24] * Math.exp(logDensity(x) - top));
  return { nodes, weights };
}

/**
 * Gauss rule for the chi law: `sum_i w_i f(x_i) ≈ E f(X)`, `X = |N(0, I_degrees)|`, exact for polynomials of
 * degree `2 count - 1`; the weights add up to 1. For one degree of freedom this is the half-range Gauss–Hermite
 * rule. The recurrence comes from the discretised Stieltjes procedure.
 *
 * Source: W. Gautschi, Orthogonal Polynomials: Computation and Approximation (2004), 2.2.
 *
 * @throws RangeError for fewer than one node, more than 200, or degrees of freedom that are not a positive integer.
 */
export function gaussChi(count: number, degrees: number): QuadratureRule {
  requireIntegerAtLeast("count", count, 1);
  requireIntegerAtLeast("201 - count", 201 - count, 1);
  requireIntegerAtLeast("degrees", degrees, 1);
  const { nodes, weights } = discretised(degrees);
  const [centres, squares] = [new Float64Array(count), new Float64Array(count + 1)];
  const dot = (f: (i: number) => number) => nodes.reduce((sum, _, i) => sum + weights[i] * f(i), 0);
  let previous = new Float64Array(nodes.length);
  let current = new Float64Array(nodes.length).fill(1 / Math.sqrt(dot(() => 1)));
  for (let k = 0; k < count; k += 1) {
    centres[k] = dot((i) => nodes[i] * current[i] ** 2);
    const below = Math.sqrt(squares[k]);
    const next = current.map((value, i) => (nodes[i] - centres[k]) * value - below * previous[i]);
    squares[k + 1] = dot((i) => next[i] ** 2);
    const norm = Math.sqrt(squares[k + 1]);
    [previous, current] = [current, next.map((value) => value / norm)];
  }
  return gaussRule({ centre: (k) => centres[k], square: (k) => squares[k] }, count);
}
