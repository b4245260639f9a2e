import {modifiedFlowTwoPointMoments, sgdTwoPointMoments} from "../../numerics/index.ts";
import {bootstrapInterval, mean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {RegressionBatch} from "./regression-batches.ts";
import {meansAlong} from "./regression-exact.ts";
import {defectDirection, regressionProblem, regressionsOf} from "./regression-problem.ts";
import type {Regression} from "./regression-problem.ts";

/** The modified equation at two points and one step size. */
export interface EquationDefect {
  readonly problem: string;
  readonly stepSize: number;
  readonly batches: number;
  /** (E under the equation − E under the flow)/η with its 95 % interval over batches. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Its predicted limit as η → 0. */
  readonly predictedRate: number;
  /** What halving the time step once more would still change the rate by, at most, by the change of the last halving. */
  readonly stepBias: number;
  /** E under the flow − E under SGD, exact. */
  readonly flowError: number;
  /** |E under the equation − E under SGD| with its interval. */
  readonly error: number;
  readonly errorLow: number;
  readonly errorHigh: number;
}

/** Batches of one problem, each with its defects from the largest step size to the smallest. */
export interface BatchedDefects {
  readonly stepSizes: readonly number[];
  readonly units: readonly (readonly number[])[];
}

/** The defects of a problem by batch. */
export function batchedDefects(rows: readonly RegressionBatch[], problem: string): BatchedDefects {
  const own = rows.filter((row) => row.problem === problem);
  const stepSizes = [...new Set(own.map(({stepSize}) => stepSize))].sort((a, b) => b - a);
  const batches = [...new Set(own.map(({batch}) => batch))];
  const defects = new Map(own.map(({stepSize, batch, defect}) => [`${stepSize} ${batch}`, defect]));
  return {stepSizes, units: batches.map((batch) => stepSizes.map((stepSize) => defects.get(`${stepSize} ${batch}`)!))};
}

/** What the modified equation's defect is compared with: the data and T; step sizes are those of the batches. */
export type DefectCell = Regression & Pick<FiniteDataParameters, "horizon">;

/** A cell for each regression. */
export function defectCells({horizon, ...data}: Pick<FiniteDataParameters, "oneWeight" | "twoWeights" | "horizon">): readonly Cell<DefectCell>[] {
  return regressionsOf(data).map((regression) => ({name: `modified equation, ${regression.problem}`, reads: {...regression, horizon}}));
}

/** E under the modified flow less E under SGD of the two-point statistic, for each step size. */
export function flowErrors({horizon, ...regression}: DefectCell, stepSizes: readonly number[]): readonly number[] {
  const problem = regressionProblem(regression);
  const meansOf = meansAlong(problem, horizon);
  return stepSizes.map((stepSize) => {
    const sgd = meansOf((starts) => sgdTwoPointMoments({samples: problem.samples, stepSize, starts}, Math.round(horizon / stepSize)));
    return meansOf((starts) => modifiedFlowTwoPointMoments({samples: problem.samples, stepSize, starts}, horizon))["two points"] - sgd["two points"];
  });
}

/** E4.3: the modified equation's defect and error over the step size, with bootstrap intervals over batches. */
export const equationDefects = defineExperiment({
  cells: (parameters: FiniteDataParameters) => defectCells(parameters),

  run(cell: DefectCell, {stream}, [batches]: readonly [readonly RegressionBatch[]]): readonly EquationDefect[] {
    const {problem, horizon} = cell;
    const {rate: predictedRate} = defectDirection(regressionProblem(cell), horizon);
    const {stepSizes, units} = batchedDefects(batches, problem);
    const errors = flowErrors(cell, stepSizes);
    return stepSizes.map((stepSize, i): EquationDefect => {
      const {estimate, interval} = bootstrapInterval({units: units.map((unit) => unit[i]!), statistic: mean, random: stream(`intervals, ${problem}`, i).generator("bootstrap"), method: "percentile"});
      const fine = mean(batches.filter((row) => row.problem === problem && row.stepSize === stepSize).map(({atFineStep}) => atFineStep));
      const flowError = errors[i]!;
      const ends = [estimate, interval.low, interval.high].map((defect) => defect + flowError) as [number, number, number];
      const [low, high] = ends[1] > 0 || ends[2] < 0 ? ends.slice(1).map(Math.abs).sort((a, b) => a - b) : [0, Math.max(...ends.map(Math.abs))];
      return {problem, stepSize, batches: units.length, rate: estimate / stepSize, low: interval.low / stepSize, high: interval.high / stepSize, predictedRate, stepBias: Math.abs(estimate - fine) / stepSize, flowError, error: Math.abs(ends[0]), errorLow: low!, errorHigh: high!};
    });
  }
});
