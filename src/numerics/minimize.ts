import { requireFinite, requirePositive, unexpected } from "./argument-checks.ts";

/** A local minimum: where it lies and the value there. */
export interface Minimum {
  readonly at: number;
  readonly value: number;
}

const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * A local minimum of a function of one variable in `[lower, upper]` (golden section with parabolic
 * steps); the global one when the function is unimodal there. The location is accurate to about
 * `tolerance + 1.5e-8 |x|`, the square root of the rounding unit.
 *
 * Source: R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 5.
 *
 * @throws RangeError for an empty or unbounded interval or a value of the function that is not finite.
 */
export function minimize(f: (x: number) => number, lower: number, upper: number, { tolerance = 1e-10 } = {}): Minimum {
  requirePositive("tolerance", tolerance);
  let a = requireFinite("lower", lower);
  let b = requireFinite("upper", upper);
  if (b <= a) throw unexpected("upper", `a number above lower = ${lower}`, upper);
  const evaluated = (point: number) => requireFinite(() => `f(${point})`, f(point));
  let x = a + GOLDEN * (b - a);
  let fx = evaluated(x);
  let [v, w, fv, fw, step, previousStep] = [x, x, fx, fx, 0, 0];
  for (;;) {
    const middle = (a + b) / 2;
    const accuracy = 1.5e-8 * Math.abs(x) + tolerance;
    if (Math.abs(x - middle) <= 2 * accuracy - (b - a) / 2) return { at: x, value: fx };
    let [p, q] = [0, 0];
    if (Math.abs(previousStep) > accuracy) {
      const r = (x - w) * (fx - fv);
      q = (x - v) * (fx - fw);
      p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
    }
    if (q !== 0 && Math.abs(p) < Math.abs((q * previousStep) / 2) && p > q * (a - x) && p < q * (b - x)) {
      previousStep = step;
      step = p / q;
      const next = x + step;
      if (next - a < 2 * accuracy || b - next < 2 * accuracy) step = x < middle ? accuracy : -accuracy;
    } else {
      previousStep = (x < middle ? b : a) - x;
      step = GOLDEN * previousStep;
    }
    const u = x + (Math.abs(step) >= accuracy ? step : step > 0 ? accuracy : -accuracy);
    const fu = evaluated(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, w, x] = [w, x, u];
      [fv, fw, fx] = [fw, fx, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) {
        [v, w] = [w, u];
        [fv, fw] = [fw, fu];
      } else if (fu <= fv || v === x || v === w) {
        [v, fv] = [u, fu];
      }
    }
  }
}
