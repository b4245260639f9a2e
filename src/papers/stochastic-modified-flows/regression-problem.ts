import {leastSquaresSamples, modifiedEquationDefect, unexpected} from "../../numerics/index.ts";
import type {AffineSample} from "../../numerics/index.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";

/** One regression as its parameters give it, with the two points that are followed. */
export interface Regression {
  readonly problem: "one weight" | "two weights";
  /** N rows of d features and a label. */
  readonly pairs: readonly (readonly number[])[];
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** The regressions of the parameters. */
export function regressionsOf({oneWeight, twoWeights}: Pick<FiniteDataParameters, "oneWeight" | "twoWeights">): readonly Regression[] {
  return [{problem: "one weight", ...oneWeight}, {problem: "two weights", ...twoWeights}];
}

/** Step counts in increasing order, step sizes falling. @throws RangeError for a count that stands twice. */
export function stepCountsInOrder(name: string, counts: readonly number[]): readonly number[] {
  const sorted = [...counts].sort((a, b) => a - b);
  const twice = sorted.find((count, i) => count === sorted[i - 1]);
  if (twice !== undefined) throw unexpected(name, "counts that differ", twice);
  return sorted;
}

const sections = {"one weight": "oneWeight", "two weights": "twoWeights"} as const;

/** @throws RangeError where a feature is so large that a step of SGD would expand at the step size. */
export function requireContractingSteps(regressions: readonly Regression[], stepSize: number): void {
  for (const {problem, pairs} of regressions) {
    const squares = pairs.map((row) => row.slice(0, -1).reduce((sum, value) => sum + value * value, 0));
    const largest = Math.max(...squares);
    if (stepSize * largest >= 2) throw unexpected(`${sections[problem]}.pairs[${squares.indexOf(largest)}]: η|a|² at the largest step size η = ${stepSize}`, "a number below 2, for which a step of SGD does not expand", stepSize * largest);
  }
}

/** A regression as what its laws are computed from. */
export interface RegressionProblem {
  readonly problem: string;
  readonly dimension: number;
  /** N rows of d features and a label, flat. */
  readonly rows: readonly number[];
  readonly samples: readonly AffineSample[];
  readonly starts: readonly [readonly number[], readonly number[]];
}

/** Features apart from labels. */
export function regressionProblem({problem, pairs, first, second}: Regression): RegressionProblem {
  const features = pairs.map((row) => row.slice(0, -1));
  return {problem, dimension: features[0]!.length, rows: pairs.flat(), samples: leastSquaresSamples({features, labels: pairs.map((row) => row.at(-1)!)}), starts: [first, second]};
}

/** The bilinear test function of two points along which the modified equation is predicted to fail. */
export interface DefectDirection {
  /** P of norm 1: f(x, y) = Σ P_ij x_i y_j. */
  readonly direction: readonly (readonly number[])[];
  /** ∂f/∂η of the equation's mean less the flow's at η = 0: the norm of the predicted matrix. */
  readonly rate: number;
}

const least = 1e-6;

/**
 * The matrix D of the modified equation's predicted defect at time T as a direction and a norm.
 * @throws RangeError where it is 0 to 10⁻⁶, as for equal starts, so that equation and flow agree to leading order.
 */
export function defectDirection({problem, samples, starts}: RegressionProblem, horizon: number): DefectDirection {
  const {matrix} = modifiedEquationDefect({samples, time: horizon, starts});
  const rate = Math.hypot(...matrix.flat());
  if (!(rate > least)) throw unexpected(`${problem}: predicted defect of the modified equation`, `a norm above ${least}; take points at which the noises of the samples differ`, rate);
  return {direction: matrix.map((row) => row.map((value) => value / rate)), rate};
}

/** Σ P_ij M_ij. */
export const projected = (direction: readonly (readonly number[])[], matrix: readonly (readonly number[])[]): number => direction.reduce((sum, row, i) => row.reduce((inner, value, j) => inner + value * matrix[i]![j]!, sum), 0);
