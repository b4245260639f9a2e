import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {requireFiniteEntries, requireIntegerAtLeast, requirePositive, unexpected} from "../../numerics/index.ts";
import type {LeastSquaresFit} from "../../numerics/index.ts";

/** Samples of a linear regression in float64: `features` row-major with shape (count, dimension), `labels` (count). */
export interface LinearSamples {
  readonly count: number;
  readonly dimension: number;
  readonly features: Float64Array;
  readonly labels: Float64Array;
}

/** L(x) = L(m) + ½ Σ λᵢ (xᵢ − mᵢ)² in the eigenbasis of its Hessian, with λ₁ ≥ … ≥ λ_d > 0. */
export interface Quadratic extends LeastSquaresFit {
  /** λ, decreasing. */
  readonly eigenvalues: readonly number[];
}

/** A quadratic with the samples that it comes from, their features rotated into its eigenbasis. */
export interface RegressionProblem extends Quadratic {
  readonly samples: LinearSamples;
}

const flatness = 1e-12;

/**
 * Least squares, L(x) = (1/2n) |A x − b|², in the eigenbasis of H = (1/n) Aᵀ A, in float64. Directions whose eigenvalue
 * is below 10⁻¹² λ₁ are left out: no sample has a component there, so that nothing moves along them. The sign of an
 * eigenvector is such that its entry of greatest size is positive.
 * @throws RangeError for fewer than 2 samples, for labels that are all the same, for values that are not finite, or
 * for features that are all 0.
 */
export function regressionProblem({count, dimension, features, labels}: LinearSamples): RegressionProblem {
  requireIntegerAtLeast("samples", count, 2);
  requireIntegerAtLeast("dimension", dimension, 1);
  requireFiniteEntries("features", features);
  requireFiniteEntries("labels", labels);
  if (labels.every((label) => label === labels[0])) throw unexpected("labels", "at least two different labels, since a constant leaves nothing to learn", labels[0]);
  const rows = Matrix.from1DArray(count, dimension, features);
  const {realEigenvalues, eigenvectorMatrix} = new EigenvalueDecomposition(rows.transpose().mmul(rows).div(count), {assumeSymmetric: true});
  const largest = requirePositive("greatest eigenvalue of the features", Math.max(...realEigenvalues));
  const order = [...realEigenvalues.keys()].filter((i) => realEigenvalues[i]! > flatness * largest).sort((i, j) => realEigenvalues[j]! - realEigenvalues[i]!);
  const basis = eigenvectorMatrix.subMatrixColumn(order);
  for (let j = 0; j < order.length; j++) {
    const greatest = basis.getColumn(j).reduce((best, entry) => (Math.abs(entry) > Math.abs(best) ? entry : best), 0);
    if (greatest < 0) basis.mulColumn(j, -1);
  }
  const eigenvalues = order.map((i) => realEigenvalues[i]!);
  const rotated = rows.mmul(basis);
  const covariance = rotated.transpose().mmul(Matrix.columnVector(labels)).div(count).to1DArray();
  const solution = covariance.map((value, i) => value / eigenvalues[i]!);
  const residuals = rotated.mmul(Matrix.columnVector(solution)).sub(Matrix.columnVector(labels)).to1DArray();
  const loss = residuals.reduce((sum, residual) => sum + residual * residual, 0) / (2 * count);
  return {eigenvalues, solution, loss, samples: {count, dimension: order.length, features: Float64Array.from(rotated.to1DArray()), labels}};
}

/** |a|² of every sample. */
export function squaredFeatureNorms({count, dimension, features}: LinearSamples): Float64Array {
  return Float64Array.from({length: count}, (_, row) => {
    let sum = 0;
    for (let j = row * dimension; j < (row + 1) * dimension; j++) sum += features[j]! ** 2;
    return sum;
  });
}
