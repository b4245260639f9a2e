import {tf} from "../tensors/index.ts";
import type {Tensor2D} from "../tensors/index.ts";

/** What the noise of SGD needs of a Gram matrix K (N, N) and the residuals r (N,), in float64. */
export interface GramStatistics {
  /** L = (1/N) Σ ½ r_μ² */
  readonly loss: number;
  /** tr K / N, the mean of ‖∇f_μ‖² */
  readonly meanSquaredGradientNorm: number;
  /** ‖∇L‖² = (1/N²) rᵀ K r */
  readonly squaredLossGradient: number;
  /** 𝒩 = (1/N) Σ ‖∇ℓ_μ‖² − ‖∇L‖² = (1/N) Σ r_μ² K_μμ − (1/N²) rᵀ K r, the trace of the covariance for B = 1, N → ∞ */
  readonly noise: number;
  /** μ = tr(Σ₁ G) / (2 L ‖G‖²) = N Σ r_μ² s_μ / (‖r‖² ‖K‖²) with s_μ = (K²)_μμ; 1 under decoupling */
  readonly alignment: number;
  /** The same with the centred covariance: μ − rᵀ K² r / (‖r‖² ‖K‖²) */
  readonly centredAlignment: number;
  /** min s / mean s, which no residuals bring μ below */
  readonly leastAlignment: number;
  /** max s / mean s, which no residuals bring μ above */
  readonly greatestAlignment: number;
}

/**
 * The statistics of gradient noise that follow from the Gram matrix of gradients and the residuals alone, for the
 * square loss ℓ_μ = ½ r_μ² with r_μ = f_μ − y_μ, so that ∇ℓ_μ = r_μ ∇f_μ.
 *
 * Sources: 𝒩 from Mori, Ziyin, Liu, Ueda, *Power-law escape rate of SGD* (ICML 2022), section 4; μ from Wang, Wu,
 * *The noise geometry of SGD* (arXiv 2310.00692), definition of average alignment; both written through K, and the
 * two bounds, derived here. Products with K are float32, sums float64.
 *
 * @throws {RangeError} if all residuals vanish, where μ is not defined, or the shapes differ
 */
export function gramStatistics(gram: Tensor2D, residuals: Float64Array): GramStatistics {
  const count = residuals.length;
  if (gram.shape[0] !== count || gram.shape[1] !== count) {
    throw new RangeError(`gram: expected shape (${count}, ${count}) as there are ${count} residuals, found (${gram.shape})`);
  }
  const {diagonal, squaredRows, image} = tf.tidy(() => {
    const column = tf.tensor2d(Float32Array.from(residuals), [count, 1]);
    return {
      diagonal: matrixDiagonal(gram),
      squaredRows: tf.sum(tf.square(gram), 1).dataSync(),
      image: tf.matMul(gram, column).dataSync(),
    };
  });
  let squares = 0, trace = 0, secondMoment = 0, quadratic = 0, imageSquares = 0, weightedRows = 0, squaredNorm = 0, least = Infinity, greatest = -Infinity;
  for (let i = 0; i < count; i++) {
    const r = residuals[i]!, row = squaredRows[i]!;
    squares += r * r;
    trace += diagonal[i]!;
    secondMoment += r * r * diagonal[i]!;
    quadratic += r * image[i]!;
    imageSquares += image[i]! ** 2;
    weightedRows += r * r * row;
    squaredNorm += row;
    least = Math.min(least, row);
    greatest = Math.max(greatest, row);
  }
  return statisticsOfSums({count, squares, trace, secondMoment, quadratic, imageSquares, weightedRows, squaredNorm, least, greatest});
}

/** Sums over N samples μ, each of one output or more. */
export interface GramSums {
  /** N */
  readonly count: number;
  /** Σ |r_μ|² */
  readonly squares: number;
  /** tr K */
  readonly trace: number;
  /** Σ r_μᵀ K_μμ r_μ */
  readonly secondMoment: number;
  /** rᵀ K r */
  readonly quadratic: number;
  /** |K r|² */
  readonly imageSquares: number;
  /** Σ r_μᵀ S_μ r_μ with S_μ = Σ_ν K_μν K_νμ */
  readonly weightedRows: number;
  /** Σ tr S_μ = ‖K‖² */
  readonly squaredNorm: number;
  /** The least and the greatest eigenvalue of any S_μ. */
  readonly least: number;
  readonly greatest: number;
}

/** @throws {RangeError} if all residuals vanish */
export function statisticsOfSums(sums: GramSums): GramStatistics {
  const {count, squares, trace, secondMoment, quadratic, imageSquares, weightedRows, squaredNorm, least, greatest} = sums;
  if (squares === 0) throw new RangeError("residuals: expected one that is not zero, found none; the alignment is not defined");
  const squaredLossGradient = quadratic / count ** 2;
  const alignment = (count * weightedRows) / (squares * squaredNorm);
  return {
    loss: squares / (2 * count),
    meanSquaredGradientNorm: trace / count,
    squaredLossGradient,
    noise: secondMoment / count - squaredLossGradient,
    alignment,
    centredAlignment: alignment - imageSquares / (squares * squaredNorm),
    leastAlignment: (count * least) / squaredNorm,
    greatestAlignment: (count * greatest) / squaredNorm,
  };
}

/** The diagonal of a square matrix. */
function matrixDiagonal(matrix: Tensor2D): Float32Array {
  const count = matrix.shape[0];
  return tf.tidy(() => tf.gather(tf.reshape(matrix, [count * count]), tf.range(0, count * count, count + 1, "int32")).dataSync() as Float32Array);
}
