import {extremeEigenvalues} from "./extreme-eigenvalues.ts";

/** The algebraically largest eigenvalue of a real symmetric operator on ℝⁿ; all else as {@link extremeEigenvalues}. */
export function largestEigenvalue(count: number, multiply: (vector: Float64Array) => ArrayLike<number>, tolerance = 1e-6): number {
  return extremeEigenvalues(count, multiply, tolerance).largest;
}
