import {modifiedFlowTwoPointMoments, sgdTwoPointMoments} from "../../numerics/index.ts";
import type {Cell} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {RegressionBatch} from "./regression-batches.ts";
import {meansAlong} from "./regression-exact.ts";
import {regressionProblem, regressionsOf} from "./regression-problem.ts";
import type {Regression} from "./regression-problem.ts";

/** Batches of one problem, each with its defects from the largest step size to the smallest. */
export interface BatchedDefects {
  readonly stepSizes: readonly number[];
  readonly units: readonly (readonly number[])[];
}

/** The defects of one problem by batch. */
export function batchedDefects(own: readonly RegressionBatch[]): BatchedDefects {
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
