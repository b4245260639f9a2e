import {quantilePairs} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {LawFitsParameters} from "./finite-data-parameters.ts";
import {dataSetNames} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {familyOf} from "./law-families.ts";
import type {LawName} from "./law-families.ts";
import {positionsOf} from "./tested-draws.ts";
import type {TestedDraw} from "./tested-draws.ts";

/** An order statistic of one coordinate of SGD beside the quantile of a fitted law. */
export interface LawQuantile {
  readonly dataSet: DataSetName;
  readonly law: LawName;
  readonly probability: number;
  readonly expected: number;
  readonly observed: number;
  /** Where the order statistic lies with probability 0.95 under the law, by itself. */
  readonly low: number;
  readonly high: number;
}

const shownLaws: readonly LawName[] = ["Student", "stable"];
const points = 90;

/** E2.4: quantiles of the coordinate along the top eigenvector beside those of Student's and of a stable law fitted to the same draws. A cell is one law on one data set; its draws are among the tested ones. */
export const lawQuantiles = defineExperiment({
  cells: (_: LawFitsParameters) => dataSetNames.flatMap((dataSet) => shownLaws.map((law) => ({name: `${dataSet}, ${law}`, reads: {dataSet, law}}))),

  run({dataSet, law}: Pick<LawQuantile, "dataSet" | "law">, _, [draws]: readonly [readonly TestedDraw[]]): readonly LawQuantile[] {
    const values = positionsOf(draws, dataSet, "fit");
    return quantilePairs(values, familyOf(law).fit(values).quantile, {points}).map(({probability, expected, observed, low, high}) => ({dataSet, law, probability, expected, observed, low, high}));
  }
});
