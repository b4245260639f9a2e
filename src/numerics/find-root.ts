import { requireFinite, requirePositive, unexpected } from "./argument-checks.ts";

/**
 * A root of a continuous function between two points where its signs differ (Brent's method: inverse
 * quadratic interpolation, secant, bisection).
 *
 * Source: R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.
 *
 * @throws RangeError when the bracket is not finite, the signs agree, or the function is not finite on the way.
 */
export function findRoot(f: (x: number) => number, lower: number, upper: number, { tolerance = 1e-13 } = {}): number {
  requirePositive("tolerance", tolerance);
  const at = (x: number) => requireFinite(() => `f(${x})`, f(x));
  let [a, b] = [requireFinite("lower", lower), requireFinite("upper", upper)];
  let [fa, fb] = [at(a), at(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) throw unexpected("f(upper)", `a sign other than that of f(lower) = ${fa}`, fb);
  let [c, fc, step, previousStep] = [a, fa, b - a, b - a];
  for (;;) {
    if (fb > 0 === fc > 0) {
      [c, fc] = [a, fa];
      step = b - a;
      previousStep = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const accuracy = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= accuracy || fb === 0) return b;
    if (Math.abs(previousStep) >= accuracy && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p = 2 * half * s;
      let q = 1 - s;
      if (a !== c) {
        const [t, r] = [fa / fc, fb / fc];
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(accuracy * q), Math.abs(previousStep * q))) {
        previousStep = step;
        step = p / q;
      } else {
        step = half;
        previousStep = half;
      }
    } else {
      step = half;
      previousStep = half;
    }
    [a, fa] = [b, fb];
    b += Math.abs(step) > accuracy ? step : half > 0 ? accuracy : -accuracy;
    fb = at(b);
  }
}
