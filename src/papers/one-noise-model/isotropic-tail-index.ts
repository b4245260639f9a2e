/**
 * Tail index of the stationary law of the common diffusion on an isotropic bowl
 * of curvature h without ridge, α = 2 − n + 2B/(γh); the law is (1 + |X|²)^−φ
 * with φ = 1 + B/(γh), so that α = 2φ − n. At or below 0 there is no stationary
 * law: n has passed the critical dimension 2φ.
 *
 * Derived here: both papers' formulas, in one unit.
 *
 * @param stepOverBatch γh/B
 */
export function isotropicTailIndex(dimension: number, stepOverBatch: number): number {
  return 2 - dimension + 2 / stepOverBatch;
}
