import { requireEqualLengths, requireFiniteEntries, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";

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
  /** `tr S²`. */
  readonly squaredTrace: number;
  /** `wᵀS³w`. */
  readonly cubicForm: number;
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
  const squaredResidual = form(1) + noiseVariance;
  if (!(squaredResidual > 0)) throw unexpected("weights and noiseVariance", "residuals that are not all zero", squaredResidual);
  return { squaredTrace: traceOfPower(spectrum, 2), cubicForm: form(3), squaredResidual };
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
  const { squaredTrace, cubicForm, squaredResidual } = momentsOf(regression);
  const excess = cubicForm / (squaredResidual * squaredTrace);
  return { uncentred: 1 + 2 * excess, centred: 1 + excess };
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
 * `(tr S)²/tr S²`: the number of samples from which on products of different samples outweigh the samples' own norms
 * in `‖K‖²`, K their Gram matrix.
 *
 * @throws RangeError for a spectrum that is not positive.
 */
export function participationRatio(spectrum: readonly number[]): number {
  requireSpectrum(spectrum);
  return traceOfPower(spectrum, 1) ** 2 / traceOfPower(spectrum, 2);
}
