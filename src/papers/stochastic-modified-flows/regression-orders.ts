import {convergenceOrder} from "../../numerics/index.ts";
import {bootstrapInterval, mean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {batchedDefects, defectCells, flowErrors} from "./batched-defects.ts";
import type {DefectCell} from "./batched-defects.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {RegressionBatch} from "./regression-batches.ts";
import type {ExactWeakError, Statistic} from "./regression-exact.ts";

/** A weak order on finite data: the Richardson limit of local slopes. */
export interface RegressionOrder {
  readonly problem: string;
  readonly statistic: Statistic;
  readonly law: "modified flow" | "gradient flow" | "modified equation";
  /** Step sizes that it rests on. */
  readonly count: number;
  readonly order: number;
  /** 95 % interval over batches of paths; equal ends where errors are exact. */
  readonly low: number;
  readonly high: number;
  /** How far the limit moves without the smallest step size. */
  readonly uncertainty: number;
  /** The slope between the two smallest step sizes. */
  readonly lastSlope: number;
  /** Batches of simulated paths, 0 where errors are exact. */
  readonly batches: number;
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

function exactOrders(errors: readonly ExactWeakError[]): readonly RegressionOrder[] {
  return distinct(errors.map(({problem}) => problem)).flatMap((problem) =>
    (["one point", "two points"] as const).flatMap((statistic) =>
      (["modified flow", "gradient flow"] as const).flatMap((law): readonly RegressionOrder[] => {
        const rows = errors.filter((row) => row.problem === problem && row.statistic === statistic && row.law === law).sort((a, b) => b.stepSize - a.stepSize);
        const {order, uncertainty, localSlopes} = convergenceOrder(rows.map(({stepSize}) => stepSize), rows.map(({error}) => error));
        return [{problem, statistic, law, count: rows.length, order, low: order, high: order, uncertainty, lastSlope: localSlopes.at(-1)!.slope, batches: 0}];
      })
    )
  );
}

/** The laws whose errors are exact, all that the cell needs being their rows. */
interface ExactLaws {
  readonly laws: "exact";
}

/**
 * E4.3: the weak orders on finite data. That of the modified equation at two
 * points is of means over batches plus the flow's exact error; its interval is
 * the bootstrap's over batches, which share their noise at all step sizes.
 * @throws RangeError for fewer than 4 step sizes or an error of 0.
 */
export const regressionOrders = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters): readonly Cell<DefectCell | ExactLaws>[] => [
    {name: "exact laws", reads: {laws: "exact"}, rows: [{}, null]},
    ...defectCells(parameters).map((cell) => ({...cell, rows: [null, {problem: cell.reads.problem}]}))
  ],

  run(cell: DefectCell | ExactLaws, {stream}, [errors, batches]: readonly [readonly ExactWeakError[], readonly RegressionBatch[]]): readonly RegressionOrder[] {
    if ("laws" in cell) return exactOrders(errors);
    const {problem} = cell;
    const {stepSizes, units} = batchedDefects(batches);
    const exact = flowErrors(cell, stepSizes);
    const limitOf = (chosen: readonly (readonly number[])[]) => convergenceOrder(stepSizes, exact.map((flowError, i) => Math.abs(mean(chosen.map((unit) => unit[i]!)) + flowError)));
    const {uncertainty, localSlopes} = limitOf(units);
    const {estimate, interval} = bootstrapInterval({units, statistic: (chosen) => limitOf(chosen).order, random: stream(`order, ${problem}`, 0).generator("bootstrap"), method: "percentile"});
    return [{problem, statistic: "two points", law: "modified equation", count: stepSizes.length, order: estimate, low: interval.low, high: interval.high, uncertainty, lastSlope: localSlopes.at(-1)!.slope, batches: units.length}];
  }
});
