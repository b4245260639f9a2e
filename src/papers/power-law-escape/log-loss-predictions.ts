/**
 * The paper's formulas for the Langevin equation of SGD with decoupled noise,
 * dθ = −∇L dt + √(2 η L(θ) H(θ*)/B) dW, with temperature T = η h* / B.
 */

/** Exponent φ = 1 + B/(η h*) of the stationary law P ∝ L^−φ in the clock t (Mori et al., section 4). */
export function stationaryExponentOf(temperature: number): number {
  return 1 + 1 / temperature;
}

/**
 * Exponent of the mean first-passage time in the loss ratio c = L/L*,
 * φ − n/2 = 1 + 1/T − n/2 for n directions of curvature h* (Mori et al.,
 * section 5.3).
 */
export function passageExponentOf(temperature: number, dimension: number): number {
  return stationaryExponentOf(temperature) - dimension / 2;
}

/** The largest dimension n_c = 2 (1 + 1/T) at which a stationary law exists (Mori et al.). */
export function criticalDimensionOf(temperature: number): number {
  return 2 * (1 + 1 / temperature);
}

/**
 * The double well L(θ) = L₀ + (θ² − 1)², in units in which its prefactor is 1:
 * minima at ±1 with curvature h* = 8, saddle at 0 with curvature −4, and
 * L₀ = 1/(c − 1) for a loss ratio c = L(0)/L(±1).
 */
export interface DoubleWell {
  readonly lossRatio: number;
  /** L₀, the loss at the minima. */
  readonly minimumLoss: number;
  readonly curvatureAtMinimum: number;
  readonly curvatureAtSaddle: number;
  readonly loss: (position: number) => number;
  readonly gradient: (position: number) => number;
}

export function doubleWell(lossRatio: number): DoubleWell {
  if (!(lossRatio > 1)) throw new RangeError(`lossRatio: expected a number greater than 1, found ${lossRatio}`);
  const minimumLoss = 1 / (lossRatio - 1);
  return {
    lossRatio,
    minimumLoss,
    curvatureAtMinimum: 8,
    curvatureAtSaddle: -4,
    loss: (position) => minimumLoss + (position * position - 1) ** 2,
    gradient: (position) => 4 * position * (position * position - 1)
  };
}

/**
 * The paper's escape rate per unit t in one dimension,
 * κ = √(h*|hˢ|)/(2π) · (Lˢ/L*)^−(1/2 + 1/T) (Mori et al., equation 16 with n = 1).
 */
export function escapeRate({lossRatio, curvatureAtMinimum, curvatureAtSaddle}: DoubleWell, temperature: number): number {
  return (Math.sqrt(curvatureAtMinimum * Math.abs(curvatureAtSaddle)) / (2 * Math.PI)) * lossRatio ** -(0.5 + 1 / temperature);
}

/**
 * Arrhenius' law with the noise frozen at its value at the minimum,
 * D = T L*: κ = √(h*|hˢ|)/(2π) · exp(−ΔL/D) = … exp(−(c − 1)/T). The law that
 * the paper contradicts: exponential, not algebraic, in the loss ratio.
 */
export function frozenNoiseRate({lossRatio, curvatureAtMinimum, curvatureAtSaddle}: DoubleWell, temperature: number): number {
  return (Math.sqrt(curvatureAtMinimum * Math.abs(curvatureAtSaddle)) / (2 * Math.PI)) * Math.exp(-(lossRatio - 1) / temperature);
}
