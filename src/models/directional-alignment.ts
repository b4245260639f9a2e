import {generalizedEigenvalues} from "../numerics/index.ts";
import {symmetricEigen, symmetricEigenvalues, tf} from "../tensors/index.ts";
import type {Tensor2D} from "../tensors/index.ts";
import {leadingEigenpairs} from "./leading-eigenpairs.ts";
import {dot} from "./vectors.ts";

/**
 * The directional alignment g(v) = vᵀ Σ v / (2 L vᵀ G v) of the covariance Σ of gradients of single samples with
 * G = (1/N) Σ_μ ∇f_μ ∇f_μᵀ, for the square loss: 1 in every direction under decoupling.
 *
 * Both forms see a direction by its image q = J v alone, q_μ = ∇f_μ · v:
 * g = N [Σ_μ r_μ² q_μ² − (q · r)² / N] / (|r|² |q|²). For v = Jᵀ u the image is q = K u, so that no direction in the
 * space of parameters is ever held. g depends on no multiple of q or r and lies in [0, N max r² / |r|²].
 *
 * Source: Wang, Wu, *The noise geometry of SGD* (arXiv 2310.00692), definition of directional alignment with the
 * centred Σ; its form through q is derived here.
 *
 * @param image q (N,)
 * @param residuals r_μ = f_μ − y_μ (N,)
 * @throws {RangeError} if q or r vanishes, where g is not defined, or their lengths differ
 */
export function directionalAlignment(image: ArrayLike<number>, residuals: Float64Array): number {
  const count = residuals.length;
  if (image.length !== count) throw new RangeError(`image: expected ${count} entries as there are residuals, found ${image.length}`);
  const scale = count / (squaredResiduals(residuals) * dot(image, image));
  if (!Number.isFinite(scale)) throw new RangeError("image: expected an entry that is not zero, found none; the alignment is not defined");
  let weighted = 0;
  for (let i = 0; i < count; i++) weighted += (residuals[i]! * image[i]!) ** 2;
  return scale * (weighted - dot(image, residuals) ** 2 / count);
}

/** The sharpest directions, (k,) each. */
export interface LeadingAlignments {
  /** Eigenvalues of G, descending. */
  readonly curvatures: Float64Array;
  /** g along their eigenvectors. */
  readonly alignments: Float64Array;
}

/**
 * {@link directionalAlignment} along the `count` leading eigenvectors of G, from the Gram matrix K (N, N): an
 * eigenvector u of K with eigenvalue κ gives the eigenvector Jᵀu of G with eigenvalue κ/N, and its image is κu.
 *
 * @throws {RangeError} as {@link leadingEigenpairs}, and if all residuals vanish
 */
export function leadingAlignments(gram: Tensor2D, residuals: Float64Array, count: number): LeadingAlignments {
  const samples = residuals.length;
  const {values, vectors} = leadingEigenpairs(samples, (vector) =>
    tf.tidy(() => tf.matMul(gram, tf.tensor2d(Float32Array.from(vector), [samples, 1])).dataSync()), count);
  return {curvatures: values.map((value) => value / samples), alignments: Float64Array.from(vectors, (u) => directionalAlignment(u, residuals))};
}

/** The infimum and the supremum of g over directions in the span of the gradients ∇f_μ. */
export interface AlignmentRange {
  readonly least: number;
  readonly greatest: number;
  /** The dimension of the span. */
  readonly rank: number;
}

/**
 * The range of {@link directionalAlignment} from the Gram matrix K (N, N). Images q = K u fill the range of K, so that
 * the ends are extreme eigenvalues of (N / |r|²) Uᵀ (diag(r²) − r rᵀ / N) U with orthonormal columns U of that range:
 * the generalised eigenvalues of (Σ, 2 L G) on the span. If K has full rank, the infimum is 0 exactly, reached where
 * r_μ q_μ is the same for all samples, and the supremum is the greatest root of 1 = (1/N) Σ_μ r_μ² / (r_μ² − λ) over
 * mean r².
 *
 * @param tolerance eigenvalues of K up to this multiple of the largest count as zero; unless given, the rounding
 * N 2⁻²⁴ of a float32 matrix
 * @returns with full rank, in float64; else with an error of about rank · 2⁻²⁴ of the supremum
 * @throws {RangeError} if the residuals or K vanish
 */
export function alignmentRange(gram: Tensor2D, residuals: Float64Array, tolerance = residuals.length * 2 ** -24): AlignmentRange {
  const count = residuals.length;
  const unit = Math.sqrt(count / squaredResiduals(residuals));
  const relative = residuals.map((r) => r * unit);
  return tf.tidy(() => {
    const {values, vectors} = symmetricEigen(gram);
    const eigenvalues = values.dataSync(), largest = eigenvalues[count - 1]!;
    if (!(largest > 0)) throw new RangeError(`gram: expected a positive eigenvalue, found at most ${largest}`);
    const rank = eigenvalues.filter((value) => value > tolerance * largest).length;
    if (rank === count) return {least: 0, greatest: greatestOfFullRank(relative), rank};
    const basis = tf.slice(vectors, [0, count - rank], [count, rank]);
    const column = tf.tensor2d(Float32Array.from(relative), [count, 1]);
    const projected = tf.matMul(column, basis, true, false);
    const weighted = tf.mul(basis, column);
    const form = tf.sub(tf.matMul(weighted, weighted, true, false), tf.div(tf.matMul(projected, projected, true, false), count)) as Tensor2D;
    const ends = symmetricEigenvalues(form).dataSync();
    return {least: Math.max(0, ends[0]!), greatest: ends[rank - 1]!, rank};
  });
}

/**
 * The range of {@link directionalAlignment} for the linear model f = θ·x in float64, as generalised eigenvalues of
 * (Σ, 2 L G) in the space of parameters; for more samples than parameters.
 *
 * @param inputs x_μ (N, d), row after row
 * @throws {RangeError} if the residuals vanish, the length is no multiple of N, or G is singular, as it is for N < d
 */
export function linearAlignmentRange(inputs: ArrayLike<number>, residuals: Float64Array): AlignmentRange {
  const count = residuals.length, rank = inputs.length / count;
  if (!Number.isInteger(rank) || rank === 0) throw new RangeError(`inputs: expected a multiple of the ${count} residuals as length, found ${inputs.length}`);
  const loss = squaredResiduals(residuals) / (2 * count);
  const covariance = new Float64Array(rank * rank), metric = new Float64Array(rank * rank), gradient = new Float64Array(rank);
  residuals.forEach((r, sample) => {
    for (let i = 0; i < rank; i++) {
      const x = inputs[sample * rank + i]! / count;
      gradient[i]! += r * x;
      for (let j = 0; j <= i; j++) {
        const product = x * inputs[sample * rank + j]!;
        covariance[i * rank + j]! += r * r * product;
        metric[i * rank + j]! += 2 * loss * product;
      }
    }
  });
  for (let i = 0; i < rank; i++) for (let j = 0; j <= i; j++) covariance[i * rank + j]! -= gradient[i]! * gradient[j]!;
  const values = generalizedEigenvalues(covariance, metric);
  return {least: values[0]!, greatest: values[rank - 1]!, rank};
}

function squaredResiduals(residuals: Float64Array): number {
  const squares = dot(residuals, residuals);
  if (!(squares > 0)) throw new RangeError(`residuals: expected one that is not zero, found |r|² = ${squares}; the alignment is not defined`);
  return squares;
}

/** The greatest eigenvalue of diag(r²) − r rᵀ / N, between the two greatest r². */
function greatestOfFullRank(residuals: Float64Array): number {
  const squares = residuals.map((r) => r * r).sort();
  let [low, high] = [squares.at(-2) ?? 0, squares.at(-1)!];
  for (let halving = 0; halving < 100 && low < high; halving++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    const isBelow = squares.reduce((sum, square) => sum + square / (square - middle), 0) < squares.length;
    if (isBelow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
