import {dot, normalised, subtractProjection} from "./vectors.ts";

const maximumSteps = 100;

/** The ends of a spectrum. */
export interface ExtremeEigenvalues {
  /** The algebraically largest eigenvalue, whatever its sign. */
  readonly largest: number;
  /** The least eigenvalue of the operator on the space that was searched for the largest: the least one is this or below. */
  readonly leastFound: number;
}

/**
 * The ends of the spectrum of a real symmetric operator on ℝⁿ, by Lanczos' iteration with full reorthogonalisation,
 * from a fixed start. Ends when the estimate of the largest eigenvalue, which rises towards it from below, has changed
 * by less than `tolerance` relative in each of two steps; nothing waits for the least one.
 *
 * Assumes, unchecked, that the operator is symmetric and that its top eigenvector is not orthogonal to the start.
 *
 * @param multiply the operator; may be rounded to float32
 * @throws {RangeError} if the operator gives a number that is not finite, or 100 steps do not suffice
 */
export function extremeEigenvalues(
  count: number,
  multiply: (vector: Float64Array) => ArrayLike<number>,
  tolerance = 1e-6,
): ExtremeEigenvalues {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let vector = normalised(Float64Array.from({length: count}, (_, i) => 1 + 0.5 * Math.sin(i * i + 1)));
  let estimate = 0;
  let settled = 0;
  const ends = (): ExtremeEigenvalues => ({largest: estimate, leastFound: -largestTridiagonalEigenvalue(diagonal.map((value) => -value), offDiagonal)});
  for (let step = 0; step < Math.min(maximumSteps, count); step++) {
    basis.push(vector);
    const image = Float64Array.from(multiply(vector));
    diagonal.push(dot(vector, image));
    if (!Number.isFinite(diagonal[step]!)) throw new RangeError(`eigenvalue: expected a finite operator, found ${diagonal[step]}`);
    const previous = estimate;
    estimate = largestTridiagonalEigenvalue(diagonal, offDiagonal);
    settled = step > 0 && Math.abs(estimate - previous) <= tolerance * Math.abs(estimate) ? settled + 1 : 0;
    if (settled === 2) return ends();
    for (let pass = 0; pass < 2; pass++) for (const other of basis) subtractProjection(image, other);
    const norm = Math.sqrt(dot(image, image));
    if (norm <= 1e-7 * Math.abs(estimate)) return ends();
    offDiagonal.push(norm);
    vector = normalised(image);
  }
  if (count <= maximumSteps) return ends();
  throw new RangeError(`eigenvalue: expected convergence to ${tolerance} in ${maximumSteps} steps, found ${estimate} still changing`);
}

/** Bisection on the number of eigenvalues above a bound, which the signs of the LDLᵀ pivots count. */
function largestTridiagonalEigenvalue(diagonal: readonly number[], offDiagonal: readonly number[]): number {
  const radius = (i: number) => Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0);
  let low = Math.max(...diagonal);
  let high = Math.max(...diagonal.map((value, i) => value + radius(i)));
  const allBelow = (bound: number) => {
    let pivot = 1;
    return diagonal.every((value, i) => {
      pivot = value - bound - (i === 0 ? 0 : offDiagonal[i - 1]! ** 2 / pivot);
      return pivot < 0;
    });
  };
  for (let i = 0; i < 60 && low < high; i++) {
    const middle = (low + high) / 2;
    if (allBelow(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
