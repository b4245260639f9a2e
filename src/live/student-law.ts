/** The temperature at which {@link studentDensity} holds. */
export const studentTemperature = 0.25;

/**
 * The stationary density of dX = −X dt + √(2T (1 + X²)) dW at T = ¼,
 *
 * p(x) = 8/(3π) (1 + x²)⁻³,
 *
 * that of a t-distribution with five degrees of freedom, scaled by 1/√5. From the
 * Fokker–Planck equation p ∝ (1 + x²)^(−1 − 1/(2T)), a Pearson law of type VII.
 */
export function studentDensity(x: number): number {
  return 8 / (3 * Math.PI * (1 + x * x) ** 3);
}

/** P(X ≤ x) under {@link studentDensity}. */
export function studentDistribution(x: number): number {
  const y = 1 + x * x;
  return 0.5 + (Math.atan(x) + x / y + (2 * x) / (3 * y * y)) / Math.PI;
}
