import { findRoot, incompleteBeta, requirePositive, requireProbability, unexpected } from "../numerics/index.ts";

/** `P(T <= x)` of Student's law. @throws RangeError for NaN or degrees of freedom that are not positive. */
export function studentTCdf(x: number, degreesOfFreedom: number): number {
  requirePositive("degreesOfFreedom", degreesOfFreedom);
  if (Number.isNaN(x)) throw unexpected("x", "a number", x);
  if (!Number.isFinite(x)) return x > 0 ? 1 : 0;
  const square = x * x;
  const sum = degreesOfFreedom + square;
  // Each form keeps the digits that the other loses: of the middle, where `ν / sum` is next to 1, and of the tail.
  if (square < degreesOfFreedom) return 0.5 + (Math.sign(x) * incompleteBeta(0.5, degreesOfFreedom / 2, square / sum)) / 2;
  const tail = incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / sum) / 2;
  return x > 0 ? 1 - tail : tail;
}

/** The `p`-quantile of Student's law, `0 < p < 1`. @throws RangeError otherwise. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  requireProbability("p", p);
  requirePositive("degreesOfFreedom", degreesOfFreedom);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let upper = 1;
  while (studentTCdf(-upper, degreesOfFreedom) > tail) upper *= 2;
  const x = findRoot((t) => studentTCdf(-t, degreesOfFreedom) - tail, 0, upper);
  return p < 0.5 ? -x : x;
}
