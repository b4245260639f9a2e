import { findRoot } from "./find-root.ts";

/**
 * The limit `a` of `α γλ/B` as the step size of SGD on normal inputs goes to 0: `a ln 2a - a = 1/2`, 1.7956. The
 * moment `E|1 - γλS|^α`, `BS ~ χ²_B`, is then dominated by one rare batch with `γλS = 1 + 2a`. The diffusions have
 * 2 (decoupled covariance) and 1 (exact covariance) instead.
 */
export function kestenSmallStepConstant(): number {
  return findRoot((a) => a * Math.log(2 * a) - a - 0.5, 1, 3);
}
