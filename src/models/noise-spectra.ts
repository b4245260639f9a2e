import {symmetricEigenvalues, tf} from "../tensors/index.ts";
import type {Tensor2D} from "../tensors/index.ts";
import {largestEigenvalue} from "./largest-eigenvalue.ts";

/** Eigenvalues of the exact noise matrix and of its decoupled form, or the largest ones alone. */
export interface NoiseSpectra<T> {
  readonly exact: T;
  readonly decoupled: T;
}

/**
 * The eigenvalues of (1/N) Σ_μ ℓ_μ ∇f_μ ∇f_μᵀ and of its decoupled form L (1/N) Σ_μ ∇f_μ ∇f_μᵀ, where ℓ_μ = ½ r_μ² and
 * L = (1/N) Σ ℓ_μ: N of each, descending; all further eigenvalues vanish. With ∇ℓ_μ = r_μ ∇f_μ, twice either is the
 * second moment of the gradients of single samples, so that the covariance of a batch gradient is (2/B) times it where
 * ∇L ∇Lᵀ is dropped and B ≪ N.
 *
 * They are computed as those of (1/N) D^½ K D^½, D = diag(ℓ), and of (L/N) K, with the Gram matrix K (N, N): XᵀX and
 * XXᵀ share their eigenvalues but zeros.
 *
 * Source: Mori, Ziyin, Liu, Ueda, *Power-law escape rate of SGD* (ICML 2022), figure 1. Eigenvalues are float32: those
 * below {@link eigenvalueResolution} are rounding.
 */
export function noiseSpectra(gram: Tensor2D, residuals: Float64Array): NoiseSpectra<Float64Array> {
  return withNoiseMatrices(gram, residuals, descendingEigenvalues, (values, loss) => values.map((value) => value * loss));
}

/** The largest eigenvalue of each matrix of {@link noiseSpectra}, to about 1e-5 relative, in a small part of its time. */
export function largestNoiseEigenvalues(gram: Tensor2D, residuals: Float64Array): NoiseSpectra<number> {
  const largest = (matrix: Tensor2D) => largestEigenvalue(residuals.length, (vector) =>
    tf.tidy(() => tf.matMul(matrix, tf.tensor2d(Float32Array.from(vector), [vector.length, 1])).dataSync()));
  return withNoiseMatrices(gram, residuals, largest, (value, loss) => value * loss);
}

/** The size below which a computed eigenvalue of an n × n matrix with this largest eigenvalue is rounding: n 2⁻²⁴ λ₁. */
export function eigenvalueResolution(count: number, largest: number): number {
  return count * 2 ** -24 * largest;
}

/** Uses both matrices over L, whose entries are of the size of K/N however small or large the loss. */
function withNoiseMatrices<T>(
  gram: Tensor2D,
  residuals: Float64Array,
  use: (matrix: Tensor2D) => T,
  scale: (value: T, loss: number) => T,
): NoiseSpectra<T> {
  const count = residuals.length;
  const loss = residuals.reduce((sum, r) => sum + (r * r) / 2, 0) / count;
  if (!(loss > 0)) throw new RangeError(`residuals: expected a positive finite loss, found ${loss}`);
  const roots = Float32Array.from(residuals, (r) => Math.abs(r) * Math.sqrt(0.5 / (loss * count)));
  const exact = tf.tidy(() => tf.mul(tf.mul(gram, tf.tensor2d(roots, [1, count])), tf.tensor2d(roots, [count, 1])) as Tensor2D);
  const decoupled = tf.tidy(() => tf.mul(gram, 1 / count) as Tensor2D);
  try {
    return {exact: scale(use(exact), loss), decoupled: scale(use(decoupled), loss)};
  } finally {
    tf.dispose([exact, decoupled]);
  }
}

function descendingEigenvalues(matrix: Tensor2D): Float64Array {
  const values = symmetricEigenvalues(matrix);
  const sorted = Float64Array.from(values.dataSync()).sort().reverse();
  values.dispose();
  return sorted;
}
