import gammaln from "@stdlib/math-base-special-gammaln";
import { requirePositive, unexpected } from "./argument-checks.ts";

function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let fraction = d;
  for (let m = 1; m < 100000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return fraction;
}

/**
 * Regularised incomplete beta function `I_x(a, b) = P(X <= x)` of the Beta law, by Lentz's continued fraction.
 *
 * @throws RangeError for shapes that are not positive or `x` outside `[0, 1]`.
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  requirePositive("a", a);
  requirePositive("b", b);
  if (!(x >= 0 && x <= 1)) throw unexpected("x", "a number in [0, 1]", x);
  if (x === 0 || x === 1) return x;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}
