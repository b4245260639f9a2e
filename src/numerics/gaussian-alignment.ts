import { requireEqualLengths, requireFiniteEntries, requireIntegerAtLeast, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";

/**
 * A linear model on normal inputs `x ~ N(0, diag(λ))`, with residuals `r = w·x + σζ`, `ζ ~ N(0, 1)` independent of
 * `x`: `w` is the distance from the best parameters.
 */
export interface GaussianRegression {
  /** Variances `λ` (d,) of the inputs. */
  readonly spectrum: readonly number[];
  /** `w` (d,). */
  readonly weights: ArrayLike<number>;
  /** `σ²`, the variance of the labels' noise; 0 by default. */
  readonly noiseVariance?: number;
}

interface Moments {
  /** `tr S` and `tr S²`. */
  readonly traces: readonly [number, number];
  /** `wᵀSw`, `wᵀS²w`, `wᵀS³w`. */
  readonly forms: readonly [number, number, number];
  /** `2L = wᵀSw + σ²`. */
  readonly squaredResidual: number;
}

function requireSpectrum(spectrum: readonly number[]): void {
  if (spectrum.length === 0) throw unexpected("spectrum.length", "at least 1 value", 0);
  spectrum.forEach((value, i) => requirePositive(() => `spectrum[${i}]`, value));
}

const traceOfPower = (spectrum: readonly number[], power: number): number => spectrum.reduce((sum, value) => sum + value ** power, 0);

function momentsOf({ spectrum, weights, noiseVariance = 0 }: GaussianRegression): Moments {
  requireSpectrum(spectrum);
  requireFiniteEntries("weights", weights);
  requireEqualLengths("weights", weights, "spectrum", spectrum);
  requireNonNegative("noiseVariance", noiseVariance);
  const form = (power: number) => spectrum.reduce((sum, value, i) => sum + weights[i]! ** 2 * value ** power, 0);
  const forms = [form(1), form(2), form(3)] as const;
  const squaredResidual = forms[0] + noiseVariance;
  if (!(squaredResidual > 0)) throw unexpected("weights and noiseVariance", "residuals that are not all zero", squaredResidual);
  return { traces: [traceOfPower(spectrum, 1), traceOfPower(spectrum, 2)], forms, squaredResidual };
}

/**
 * Average alignment `μ = tr(Σ₁G)/(2L‖G‖²)` of infinitely many samples,
 *
 * `μ = 1 + 2 wᵀS³w / (2L tr S²)`, and with the centred covariance `1 + wᵀS³w / (2L tr S²)`,
 *
 * by Isserlis' `Σ₁ = 2L S + 2 Sw wᵀS`. It lies in `[1, 3]`: 3 for one direction without label noise. Ours; the
 * definition of `μ` is that of Wang, Wu, *The noise geometry of SGD* (arXiv 2310.00692).
 *
 * @throws RangeError for a spectrum that is not positive, lengths that differ, or residuals that all vanish.
 */
export function gaussianAlignment(regression: GaussianRegression): { readonly uncentred: number; readonly centred: number } {
  const { traces, forms, squaredResidual } = momentsOf(regression);
  const excess = forms[2] / (squaredResidual * traces[1]);
  return { uncentred: 1 + 2 * excess, centred: 1 + excess };
}

/**
 * Average alignment of `samples` = n samples to first order: the expectation of `n Σ r_i² s_i` over that of
 * `‖r‖²‖K‖²` with `s_i = (K²)_ii`,
 *
 * `[E r²‖x‖⁴ + (n − 1) E r² xᵀSx] / (2L [t₁² + 2t₂ + (n − 1) t₂])`, `t_k = tr S^k`, `2L = wᵀSw + σ²`,
 * `E r²‖x‖⁴ = 2L (t₁² + 2t₂) + 4t₁ wᵀS²w + 8 wᵀS³w`, `E r² xᵀSx = 2L t₂ + 2 wᵀS³w`.
 *
 * It tends to {@link gaussianAlignment} once n exceeds {@link participationRatio}; the ratio of expectations differs
 * from the expectation of the ratio by O(1/n). Ours.
 *
 * @throws RangeError as {@link gaussianAlignment}, or for fewer than 2 samples.
 */
export function sampleAlignment(regression: GaussianRegression, samples: number): number {
  requireIntegerAtLeast("samples", samples, 2);
  const { traces, forms, squaredResidual } = momentsOf(regression);
  const fourth = traces[0] ** 2 + 2 * traces[1];
  const own = squaredResidual * fourth + 4 * traces[0] * forms[1] + 8 * forms[2];
  const others = squaredResidual * traces[1] + 2 * forms[2];
  return (own + (samples - 1) * others) / (squaredResidual * (fourth + (samples - 1) * traces[1]));
}

/**
 * The effective dimension `min(tr S/‖S‖, tr S²/‖S²‖)`, as recalled from Wang and Wu, theorem 3.1.
 *
 * @throws RangeError for a spectrum that is not positive.
 */
export function effectiveDimension(spectrum: readonly number[]): number {
  requireSpectrum(spectrum);
  const largest = Math.max(...spectrum);
  return Math.min(traceOfPower(spectrum, 1) / largest, traceOfPower(spectrum, 2) / largest ** 2);
}

/**
 * `(tr S)²/tr S²`: the number of samples at which the products of different samples outweigh a sample's own norm in
 * the Gram matrix.
 *
 * @throws RangeError for a spectrum that is not positive.
 */
export function participationRatio(spectrum: readonly number[]): number {
  requireSpectrum(spectrum);
  return traceOfPower(spectrum, 1) ** 2 / traceOfPower(spectrum, 2);
}
