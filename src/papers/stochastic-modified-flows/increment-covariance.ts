import {leastSquaresModel, sgdFlow} from "../../dynamics/index.ts";
import {gradientCovariances, unexpected} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {projected, regressionProblem, regressionsOf} from "./regression-problem.ts";
import type {Regression} from "./regression-problem.ts";

/** One entry of the covariance of the increments of SGD at two points, over η². */
export interface IncrementEntry {
  readonly problem: string;
  /** s of the points x and x + s(y − x). */
  readonly separation: number;
  /** Coordinates of the increment at the first and at the second point, from 1. */
  readonly row: number;
  readonly column: number;
  readonly draws: number;
  readonly measured: number;
  readonly standardError: number;
  /** E G(x)G(y)ᵀ, the modified flow's. */
  readonly flow: number;
  /** Σ½(x)Σ½(y), the modified equation's. */
  readonly equation: number;
}

/**
 * The same with how much of each prediction the whole matrix has, ⟨measured, predicted⟩ over ⟨predicted, predicted⟩, which
 * is one number for all entries of a pair of points.
 */
export interface IncrementCovariance extends IncrementEntry {
  readonly flowRatio: number;
  readonly flowError: number;
  readonly equationRatio: number;
  readonly equationError: number;
  /** The equation's ratio with the exact covariance in place of the measured one. */
  readonly exactEquationRatio: number;
}

type Matrix = readonly (readonly number[])[];

/** Mean and its standard error of a quantity of each draw. */
function meanOf(draws: number, value: (draw: number) => number): {readonly mean: number; readonly error: number} {
  let [sum, squares] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const found = value(draw);
    sum += found;
    squares += found * found;
  }
  const mean = sum / draws;
  return {mean, error: Math.sqrt(Math.max(0, squares / draws - mean * mean) / (draws - 1))};
}

/** Deviations of one coordinate from its mean over draws. */
function centred(values: ArrayLike<number>, dimension: number, coordinate: number, draws: number): Float64Array {
  const column = Float64Array.from({length: draws}, (_, draw) => values[draw * dimension + coordinate]!);
  const mean = column.reduce((sum, value) => sum + value, 0) / draws;
  return column.map((value) => value - mean);
}

const square = (matrix: Matrix) => projected(matrix, matrix);

/** A regression at one pair of points. */
type IncrementCell = Regression & Pick<FiniteDataParameters, "draws"> & {readonly separation: number};

/**
 * E4.6: the covariance of single steps of SGD at two points x and x + s(y − x),
 * one common sample a step, beside the two predictions. Steps are of size 1, so
 * that increments are −∇R̃; what is measured is independent of η.
 * @throws RangeError where a prediction is 0.
 */
export const incrementCovariances = /* @__PURE__ */ defineExperiment({
  cells: ({separations, draws, ...data}: FiniteDataParameters) =>
    regressionsOf(data).flatMap((regression) => separations.map((separation) => ({name: `${regression.problem}, separation ${separation}`, reads: {...regression, separation, draws}}))),

  async run({separation, draws, ...regression}: IncrementCell, {stream, ensembles, progress}): Promise<readonly IncrementCovariance[]> {
    const {problem, dimension, samples, rows: data, starts: [x, y]} = regressionProblem(regression);
    const flow = sgdFlow({model: leastSquaresModel({samples: samples.length, dimension}), points: ["x", "y"]});
    const second = x.map((value, i) => value + separation * (y[i]! - value));
    const {common, separate} = gradientCovariances(samples, [x, second]);
    if (!(square(common) > 0 && square(separate) > 0)) throw unexpected(`${problem}: covariance of the gradients at separation ${separation}`, "one that is not 0 by either prediction", Math.min(square(common), square(separate)));
    const {state} = await ensembles.simulate(flow, {parameters: {stepSize: 1, xStart: x, yStart: second}, tables: {samples: {rows: samples.length, values: Float64Array.from(data)}}, key: stream(`increments, ${problem}, separation ${separation}`, 0).ensembleKey(), replicas: draws, steps: 1, precision: "float64"}, {progress});
    const atX = x.map((_, i) => centred(state.x!, dimension, i, draws));
    const atY = x.map((_, i) => centred(state.y!, dimension, i, draws));
    const ratioTo = (predicted: Matrix) => meanOf(draws, (draw) => predicted.reduce((sum, row, i) => row.reduce((inner, value, j) => inner + value * atX[i]![draw]! * atY[j]![draw]!, sum), 0) / square(predicted));
    const [toFlow, toEquation] = [ratioTo(common), ratioTo(separate)];
    const shares = {flowRatio: toFlow.mean, flowError: toFlow.error, equationRatio: toEquation.mean, equationError: toEquation.error, exactEquationRatio: projected(common, separate) / square(separate)};
    return common.flatMap((flowRow, i) =>
      flowRow.map((flowValue, j): IncrementCovariance => {
        const {mean, error} = meanOf(draws, (draw) => atX[i]![draw]! * atY[j]![draw]!);
        return {problem, separation, row: i + 1, column: j + 1, draws, measured: mean, standardError: error, flow: flowValue, equation: separate[i]![j]!, ...shares};
      })
    );
  }
});
