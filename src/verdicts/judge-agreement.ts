import {holm, minimumDetectableEffect, normalQuantile, zTest} from "../statistics/index.ts";
import {inconclusive, judgeValue} from "./judge-value.ts";
import type {Margins} from "./judge-value.ts";
import {margins} from "./margins.ts";
import type {Finding} from "./verdict.ts";
import {digits, pText} from "./words.ts";

/** An estimate of one cell with its exact value; standard error of the estimate's logarithm. */
export interface CellAgreement {
  readonly name: string;
  readonly estimate: number;
  readonly exact: number;
  readonly logStandardError: number;
}

/** The mean of the logarithms of estimate over exact value, weighted by their inverse variances. */
export function pooledLogRatio(cells: readonly CellAgreement[]): number {
  const total = cells.reduce((sum, {logStandardError}) => sum + logStandardError ** -2, 0);
  return cells.reduce((sum, {estimate, exact, logStandardError}) => sum + Math.log(estimate / exact) * logStandardError ** -2, 0) / total;
}

/**
 * Holds a simulation against its exact values cell by cell: the pooled ratio
 * (weighted mean of logarithms) must lie within the margin of 1 by its 95 %
 * interval, and no cell may be rejected by a z-test at level 0.01 after Holm:
 * with a rejection the agreement is approximate at best, and there is none if a
 * rejected cell is off by more than is tolerated.
 * The cells are independent unless `pooledStandardError`, of the pooled
 * logarithm, says how far they are from it.
 */
export function judgeAgreement(cells: readonly CellAgreement[], counts: {readonly used: number; readonly total: number}, {equivalent, pooledStandardError}: Pick<Margins, "equivalent"> & {readonly pooledStandardError?: number} = margins): Finding {
  if (cells.length === 0) return inconclusive("no cell has both an estimate and an exact value", counts);
  const logs = cells.map(({estimate, exact}) => Math.log(estimate / exact));
  const pooled = pooledLogRatio(cells);
  const error = pooledStandardError ?? Math.sqrt(1 / cells.reduce((sum, {logStandardError}) => sum + logStandardError ** -2, 0));
  const tests = cells.map(({logStandardError}, i) => zTest({estimate: logs[i]!, expected: 0, standardError: logStandardError}).pValue);
  const {adjusted} = holm(tests, 0.01);
  const least = Math.min(...adjusted);
  const worst = cells[adjusted.indexOf(least)]!;
  const judged = judgeValue(
    {predicted: 1, estimate: Math.exp(pooled), low: Math.exp(pooled - normalQuantile(0.975) * error), high: Math.exp(pooled + normalQuantile(0.975) * error), ...counts, minimumDetectableEffect: minimumDetectableEffect(error)},
    {...margins, equivalent}
  );
  const rejected = least < 0.01;
  const isFar = cells.some(({estimate, exact}, i) => adjusted[i]! < 0.01 && Math.abs(estimate / exact - 1) > margins.tolerated);
  const outcomeOfCells = isFar ? "not reproduced" : rejected && judged.outcome === "reproduced" ? "approximate" : judged.outcome;
  return {
    ...judged,
    outcome: outcomeOfCells,
    explanation: `pooled over ${cells.length} cells the ratio to the exact value is ${digits(judged.estimate!, 4)}; after Holm the least likely cell has ${pText(least)} (${worst.name})${rejected ? ", a rejection" : ""}`
  };
}
