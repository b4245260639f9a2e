import {quantilePairs} from "../../statistics/index.ts";
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

/** E2.4: quantiles of the coordinate along the top eigenvector beside those of Student's and of a stable law fitted to the same draws. */
export function lawQuantiles(draws: readonly TestedDraw[]): readonly LawQuantile[] {
  return dataSetNames.flatMap((dataSet) => {
    const values = positionsOf(draws, dataSet, "fit");
    return shownLaws.flatMap((law) => quantilePairs(values, familyOf(law).fit(values).quantile, {points}).map(({probability, expected, observed, low, high}): LawQuantile => ({dataSet, law, probability, expected, observed, low, high})));
  });
}
