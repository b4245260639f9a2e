import gammaln from "@stdlib/math-base-special-gammaln";
import { requireNonNegative, requirePositive } from "./argument-checks.ts";

/** `e^-x x^shape / Γ(shape)`. */
function kernel(shape: number, x: number): number {
  return Math.exp(shape * Math.log(x) - x - gammaln(shape));
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; Math.abs(term) > 1e-17 * sum; k += 1) {
    term *= x / (shape + k);
    sum += term;
  }
  return kernel(shape, x) * sum;
}

function upperFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1, change = 0; Math.abs(change - 1) > 1e-16 && k < 100000; k += 1) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b || tiny);
    c = b + a / c || tiny;
    change = d * c;
    fraction *= change;
  }
  return kernel(shape, x) * fraction;
}

/**
 * Regularised incomplete gamma functions `P(shape, x) = P(X <= x)` and `Q = 1 - P` of the Gamma law with unit
 * scale, each with full relative accuracy (series below `shape + 1`, continued fraction above).
 *
 * @throws RangeError for a shape that is not positive or a negative `x`.
 */
export function incompleteGamma(shape: number, x: number): { readonly lower: number; readonly upper: number } {
  requirePositive("shape", shape);
  requireNonNegative("x", x);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x < shape + 1) {
    const lower = lowerSeries(shape, x);
    return { lower, upper: 1 - lower };
  }
  const upper = upperFraction(shape, x);
  return { lower: 1 - upper, upper };
}
