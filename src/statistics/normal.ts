import erfc from "@stdlib/math-base-special-erfc";
import quantile from "@stdlib/stats-base-dists-normal-quantile";
import { requireProbability, unexpected } from "../numerics/index.ts";

/** `P(Z <= x)` of the standard normal law, accurate in both tails. @throws RangeError for NaN. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw unexpected("x", "a number", x);
  return erfc(-x / Math.SQRT2) / 2;
}

/** Newton's method on `log P(Z <= x)`, concave and nearly quadratic in the far tail. */
function tailQuantile(tail: number): number {
  let x = -Math.sqrt(-2 * Math.log(tail));
  for (let step = 1; Math.abs(step) > 1e-15 * Math.abs(x); ) {
    const below = normalCdf(x);
    const hazard = Math.exp((-x * x) / 2) / (Math.sqrt(2 * Math.PI) * below);
    const next = x - (Math.log(below) - Math.log(tail)) / hazard;
    if (Math.abs(next - x) >= Math.abs(step)) break;
    [step, x] = [next - x, next];
  }
  return x;
}

/** The `p`-quantile of the standard normal law, `0 < p < 1`, accurate also for tiny `p`. @throws RangeError otherwise. */
export function normalQuantile(p: number): number {
  requireProbability("p", p);
  if (p < 1e-290) throw unexpected("p", "a probability of at least 1e-290", p);
  return p < 0.01 ? tailQuantile(p) : quantile(p, 0, 1);
}
