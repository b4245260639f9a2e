import {eulerMaruyamaPair, leastSquaresModel, stochasticModifiedEquation} from "../../dynamics/index.ts";
import {eulerMaruyamaTwoPointMoments, unexpected} from "../../numerics/index.ts";
import {controlVariateMean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {defectDirection, projected, regressionProblem, regressionsOf, requireContractingSteps, stepCountsInOrder} from "./regression-problem.ts";
import type {Regression, RegressionProblem} from "./regression-problem.ts";

/** What one batch of paths says of the modified equation's two-point defect at one step size. */
export interface RegressionBatch {
  readonly problem: string;
  readonly stepSize: number;
  readonly batch: number;
  /** The statistic's mean under the equation less that under the modified flow, extrapolated in the time step. */
  readonly defect: number;
  /** The same at the finer time step. */
  readonly atFineStep: number;
}

type Paths = Readonly<Record<string, ArrayLike<number>>>;
type Combine = (fine: number, coarse: number) => number;

/** f and the controls of all paths: means of x, y, x xᵀ and y yᵀ are known for the scheme, as one point has them in common with the flow. */
function estimatesOf(problem: RegressionProblem, horizon: number, stepSize: number, timeSteps: number, paths: Paths, combine: Combine): Float64Array {
  const {dimension: d, samples, starts} = problem;
  const {direction} = defectDirection(problem, horizon);
  const momentsAt = (from: RegressionProblem["starts"], steps: number) => eulerMaruyamaTwoPointMoments({samples, stepSize, starts: from}, {timeStep: horizon / steps, steps});
  const momentsOf = (from: RegressionProblem["starts"]) => [momentsAt(from, 2 * timeSteps), momentsAt(from, timeSteps)] as const;
  const count = paths.x!.length / d;
  const over = (value: (path: number, suffix: string) => number, mean: number) => Float64Array.from({length: count}, (_, path) => combine(value(path, ""), value(path, "Coarse")) - mean);
  const coordinate = (point: string, i: number) => (path: number, suffix: string) => paths[point + suffix]![path * d + i]!;
  const indices = Array.from({length: d}, (_, i) => i);
  const controls = (["x", "y"] as const).flatMap((point, which) => {
    const [fine, coarse] = momentsOf([starts[which]!, starts[which]!]);
    return indices.flatMap((i) => [
      over(coordinate(point, i), combine(fine.first[i]!, coarse.first[i]!)),
      ...indices.slice(i).map((j) => over((path, suffix) => coordinate(point, i)(path, suffix) * coordinate(point, j)(path, suffix), combine(fine.product[i]![j]!, coarse.product[i]![j]!)))
    ]);
  });
  const [fine, coarse] = momentsOf(starts).map(({product}) => projected(direction, product)) as [number, number];
  const value = (path: number, suffix: string) => direction.reduce((sum, row, i) => row.reduce((inner, weight, j) => inner + weight * coordinate("x", i)(path, suffix) * coordinate("y", j)(path, suffix), sum), 0);
  return controlVariateMean(over(value, combine(fine, coarse)), controls).adjusted;
}

const extrapolated: Combine = (fine, coarse) => 2 * fine - coarse;
const atFineStep: Combine = (fine) => fine;

/** One regression at one step size, T over `steps`. */
type BatchCell = Regression & Pick<FiniteDataParameters, "horizon" | "timeSteps" | "batches" | "pathsPerBatch"> & {readonly steps: number};

/**
 * E4.3: paths of the stochastic modified equation at two points by
 * Euler–Maruyama at two time steps under one noise, the same noise at every
 * step size. What is averaged is the equation's statistic less the flow's exact
 * mean for the same scheme, extrapolated in the time step and freed from what x,
 * y, x xᵀ and y yᵀ explain, whose means for the scheme are exact too.
 * @throws RangeError for paths that diverge, with the step size, and as `stepCountsInOrder`, `requireContractingSteps` and `defectDirection`.
 */
export const regressionBatches = /* @__PURE__ */ defineExperiment({
  cells({horizon, sampledStepCounts, timeSteps, batches, pathsPerBatch, ...data}: FiniteDataParameters) {
    const counts = stepCountsInOrder("sampledStepCounts", sampledStepCounts);
    const regressions = regressionsOf(data);
    requireContractingSteps(regressions, horizon / counts[0]!);
    return regressions.flatMap((regression) => counts.map((steps) => ({name: `${regression.problem} steps ${steps}`, reads: {...regression, horizon, steps, timeSteps, batches, pathsPerBatch}})));
  },

  async run({horizon, steps, timeSteps, batches, pathsPerBatch, ...regression}: BatchCell, {stream, ensembles, progress}): Promise<readonly RegressionBatch[]> {
    const problem = regressionProblem(regression);
    const {dimension, samples, rows: data, starts: [xStart, yStart]} = problem;
    const equation = eulerMaruyamaPair(stochasticModifiedEquation({model: leastSquaresModel({samples: samples.length, dimension}), points: ["x", "y"]}));
    const key = stream(`modified equation, ${problem.problem}`, 0).ensembleKey();
    const stepSize = horizon / steps;
    const {state, divergedAt} = await ensembles.simulate(equation, {parameters: {stepSize, samples: data, xStart, yStart, timeStep: horizon / timeSteps}, key, replicas: batches * pathsPerBatch, steps: timeSteps, precision: "float64"}, {progress});
    const diverged = divergedAt.findIndex((step) => step > 0);
    if (diverged >= 0) throw unexpected(`${problem.problem}: modified equation at η = ${stepSize}, path ${diverged}`, "a path that stays finite; take more timeSteps", "one that diverged");
    const [defects, fine] = [extrapolated, atFineStep].map((combine) => estimatesOf(problem, horizon, stepSize, timeSteps, state, combine)) as [Float64Array, Float64Array];
    const meanOf = (values: Float64Array, batch: number) => values.subarray(batch * pathsPerBatch, (batch + 1) * pathsPerBatch).reduce((sum, value) => sum + value, 0) / pathsPerBatch;
    return Array.from({length: batches}, (_, batch) => ({problem: problem.problem, stepSize, batch, defect: meanOf(defects, batch), atFineStep: meanOf(fine, batch)}));
  }
});
