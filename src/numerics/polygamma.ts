import stdlibDigamma from "@stdlib/math-base-special-digamma";
import { requirePositive } from "./argument-checks.ts";

/** `ψ(x) = d log Γ(x)/dx` for `x > 0`. @throws RangeError otherwise. */
export function digamma(x: number): number {
  return stdlibDigamma(requirePositive("x", x));
}

/** `ψ'(x)` for `x > 0`: recurrence up to 12, then the asymptotic series; relative error below 1e-14. @throws RangeError otherwise. */
export function trigamma(x: number): number {
  requirePositive("x", x);
  let shifted = x;
  let sum = 0;
  for (; shifted < 12; shifted += 1) sum += 1 / (shifted * shifted);
  const q = 1 / (shifted * shifted);
  const bernoulli = q * (1 / 6 - q * (1 / 30 - q * (1 / 42 - q * (1 / 30 - q * (5 / 66 - (q * 691) / 2730)))));
  return sum + (1 + 1 / (2 * shifted) + bernoulli) / shifted;
}
