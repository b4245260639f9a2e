import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {dot, normalised, subtractProjection} from "./vectors.ts";

/** The largest eigenvalues (k,), descending, with unit eigenvectors (n,) of each. */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

const maximumSteps = 300;
const growthBetweenChecks = 1.25;

/**
 * The `wanted` largest eigenvalues of a real symmetric operator on ℝⁿ with their eigenvectors, by Lanczos' iteration
 * with full reorthogonalisation from a fixed start, ended when every residual |A u − λ u| is at most `tolerance` times
 * the largest eigenvalue's size. An eigenvector is then right up to that residual over the gap to the next eigenvalue.
 *
 * Assumes, unchecked, that the operator is symmetric, that no wanted eigenvalue is multiple (of equal ones, one may be
 * found alone) and that no wanted eigenvector is orthogonal to the start.
 *
 * @param multiply the operator; may be rounded to float32
 * @throws {RangeError} if `wanted` is no integer from 1 to n, the operator gives a number that is not finite, the
 * operator's range has fewer dimensions than are wanted, or 300 steps do not suffice
 */
export function leadingEigenpairs(
  count: number,
  multiply: (vector: Float64Array) => ArrayLike<number>,
  wanted: number,
  tolerance = 1e-6,
): Eigenpairs {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) throw new RangeError(`wanted: expected an integer from 1 to ${count}, found ${wanted}`);
  const basis: Float64Array[] = [], diagonal: number[] = [], offDiagonal: number[] = [];
  let nextCheck = Math.max(wanted, 8);
  let vector = normalised(Float64Array.from({length: count}, (_, i) => 1 + 0.5 * Math.sin(i * i + 1)));
  for (let step = 1; step <= Math.min(maximumSteps, count); step++) {
    basis.push(vector);
    const image = Float64Array.from(multiply(vector));
    diagonal.push(dot(vector, image));
    if (!Number.isFinite(diagonal[step - 1]!)) throw new RangeError(`eigenvalues: expected a finite operator, found ${diagonal[step - 1]}`);
    for (let pass = 0; pass < 2; pass++) for (const other of basis) subtractProjection(image, other);
    const norm = Math.sqrt(dot(image, image));
    const exhausted = norm <= 1e-7 * Math.max(...diagonal.map(Math.abs)) || step === count;
    if (exhausted && step < wanted) throw new RangeError(`wanted: expected at most the ${step} dimensions that the operator reaches, found ${wanted}`);
    if (exhausted || step >= nextCheck) {
      nextCheck = Math.ceil(step * growthBetweenChecks);
      const ritz = ritzPairs(diagonal, offDiagonal, wanted);
      const bound = tolerance * Math.max(...ritz.values.map(Math.abs));
      if (exhausted || ritz.coefficients.every((coefficients) => norm * Math.abs(coefficients.at(-1)!) <= bound)) {
        return {values: ritz.values, vectors: ritz.coefficients.map((coefficients) => combine(basis, coefficients))};
      }
    }
    offDiagonal.push(norm);
    vector = normalised(image);
  }
  throw new RangeError(`eigenvalues: expected convergence to ${tolerance} in ${maximumSteps} steps, found residuals above it`);
}

/** The largest eigenvalues of a tridiagonal matrix, descending, with their eigenvectors. */
function ritzPairs(diagonal: readonly number[], offDiagonal: readonly number[], wanted: number) {
  const matrix = Matrix.diag([...diagonal]);
  offDiagonal.forEach((value, i) => matrix.set(i, i + 1, value).set(i + 1, i, value));
  const {realEigenvalues, eigenvectorMatrix} = new EigenvalueDecomposition(matrix, {assumeSymmetric: true});
  const order = realEigenvalues.map((_, i) => i).sort((i, j) => realEigenvalues[j]! - realEigenvalues[i]!).slice(0, wanted);
  return {values: Float64Array.from(order, (i) => realEigenvalues[i]!), coefficients: order.map((i) => eigenvectorMatrix.getColumn(i))};
}

function combine(basis: readonly Float64Array[], coefficients: readonly number[]): Float64Array {
  const sum = new Float64Array(basis[0]!.length);
  coefficients.forEach((coefficient, k) => basis[k]!.forEach((x, i) => (sum[i]! += coefficient * x)));
  return normalised(sum);
}
