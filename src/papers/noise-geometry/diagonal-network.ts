import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import type {RandomStream} from "../../random/index.ts";

/** Regression data that a linear teacher labels without noise: y = X w*. */
export interface TeacherRegression {
  readonly dimension: number;
  readonly count: number;
  /** (n, d + 1), row-major: the features x of each sample, then its label. */
  readonly table: Float64Array;
  /** H = XᵀX/n (d, d), row-major. */
  readonly inputMoments: Float64Array;
  /** w* (d) */
  readonly teacher: Float64Array;
}

/** Parameters of the diagonal linear network f(x; u, v) = (u ⊙ v)·x. */
export interface DiagonalNetwork {
  /** u (d) */
  readonly first: ArrayLike<number>;
  /** v (d) */
  readonly second: ArrayLike<number>;
}

/** n standard normal inputs of dimension d, and a teacher with entries N(0, 1/d), so that labels have variance 1. */
export function teacherRegression({samples: count, dimension}: {readonly samples: number; readonly dimension: number}, stream: RandomStream): TeacherRegression {
  const generator = stream.generator("samples");
  const teacher = generator.normals(dimension).map((value) => value / Math.sqrt(dimension));
  const table = new Float64Array(count * (dimension + 1));
  const inputMoments = new Float64Array(dimension * dimension);
  for (let row = 0; row < count; row++) {
    const features = generator.normals(dimension);
    table.set(features, row * (dimension + 1));
    table[row * (dimension + 1) + dimension] = features.reduce((sum, x, j) => sum + x * teacher[j]!, 0);
    for (let a = 0; a < dimension; a++) for (let b = 0; b < dimension; b++) inputMoments[a * dimension + b]! += (features[a]! * features[b]!) / count;
  }
  return {dimension, count, table, inputMoments, teacher};
}

/** The loss L = ½ (w − w*)ᵀ H (w − w*), w = u ⊙ v. */
export function networkLoss({dimension, inputMoments, teacher}: TeacherRegression, {first, second}: DiagonalNetwork): number {
  const error = Float64Array.from(teacher, (target, j) => first[j]! * second[j]! - target);
  let loss = 0;
  for (let a = 0; a < dimension; a++) for (let b = 0; b < dimension; b++) loss += (inputMoments[a * dimension + b]! * error[a]! * error[b]!) / 2;
  return loss;
}

/**
 * The nonzero spectrum of G = (1/n) Σ ∇f_i ∇f_iᵀ, sharpest first. With D = diag(u² + v²) it is that of D^½ H D^½: the
 * gradients are ∇f_i = (v ⊙ x_i, u ⊙ x_i), whose Gram matrix is X D Xᵀ. Eigenvalues below 10⁻¹² of the greatest are
 * rounding and left out.
 */
export function gradientSpectrum({dimension, inputMoments}: TeacherRegression, {first, second}: DiagonalNetwork): readonly number[] {
  const scales = Float64Array.from({length: dimension}, (_, j) => Math.hypot(first[j]!, second[j]!));
  const matrix = new Matrix(dimension, dimension);
  for (let a = 0; a < dimension; a++) for (let b = 0; b < dimension; b++) matrix.set(a, b, inputMoments[a * dimension + b]! * scales[a]! * scales[b]!);
  const values = new EigenvalueDecomposition(matrix, {assumeSymmetric: true}).realEigenvalues.sort((a, b) => b - a);
  return values.filter((value) => value > 1e-12 * values[0]!);
}

/** tr G = Σ H_jj (u_j² + v_j²), without the spectrum. */
export function gradientTrace({dimension, inputMoments}: TeacherRegression, {first, second}: DiagonalNetwork): number {
  let trace = 0;
  for (let j = 0; j < dimension; j++) trace += inputMoments[j * dimension + j]! * (first[j]! ** 2 + second[j]! ** 2);
  return trace;
}

/**
 * The least tr G of any network that fits all samples: 2 Σ H_jj |w*_j|, at |u_j| = |v_j|, since u_j² + v_j² ≥ 2 |u_j v_j|.
 * Null for n < d, where other products than w* fit them too.
 */
export function flattestTrace({dimension, count, inputMoments, teacher}: TeacherRegression): number | null {
  return count < dimension ? null : teacher.reduce((sum, target, j) => sum + 2 * inputMoments[j * dimension + j]! * Math.abs(target), 0);
}
