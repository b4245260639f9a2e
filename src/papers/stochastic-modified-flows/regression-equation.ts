import {bootstrapInterval, mean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {batchedDefects, defectCells, flowErrors} from "./batched-defects.ts";
import type {DefectCell} from "./batched-defects.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {RegressionBatch} from "./regression-batches.ts";
import {defectDirection, regressionProblem} from "./regression-problem.ts";

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

/** E4.3: the modified equation's defect and error over the step size, with bootstrap intervals over batches. */
export const equationDefects = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) => defectCells(parameters).map((cell) => ({...cell, rows: [{problem: cell.reads.problem}]})),

  run(cell: DefectCell, {stream}, [batches]: readonly [readonly RegressionBatch[]]): readonly EquationDefect[] {
    const {problem, horizon} = cell;
    const {rate: predictedRate} = defectDirection(regressionProblem(cell), horizon);
    const {stepSizes, units} = batchedDefects(batches);
    const errors = flowErrors(cell, stepSizes);
    return stepSizes.map((stepSize, i): EquationDefect => {
      const {estimate, interval} = bootstrapInterval({units: units.map((unit) => unit[i]!), statistic: mean, random: stream(`intervals, ${problem}`, i).generator("bootstrap"), method: "percentile"});
      const fine = mean(batches.filter((row) => row.stepSize === stepSize).map(({atFineStep}) => atFineStep));
      const flowError = errors[i]!;
      const ends = [estimate, interval.low, interval.high].map((defect) => defect + flowError) as [number, number, number];
      const [low, high] = ends[1] > 0 || ends[2] < 0 ? ends.slice(1).map(Math.abs).sort((a, b) => a - b) : [0, Math.max(...ends.map(Math.abs))];
      return {problem, stepSize, batches: units.length, rate: estimate / stepSize, low: interval.low / stepSize, high: interval.high / stepSize, predictedRate, stepBias: Math.abs(estimate - fine) / stepSize, flowError, error: Math.abs(ends[0]), errorLow: low!, errorHigh: high!};
    });
  }
});
