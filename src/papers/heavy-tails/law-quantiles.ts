import {quantilePairs} from "../../statistics/index.ts";
import type {FiniteDraw} from "./finite-data-draws.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {lawFamilies} from "./law-families.ts";
import type {LawName} from "./law-families.ts";

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

/** The draws of one data set at one step ratio that serve one use; those that diverged are left out. */
export function positionsOf(draws: readonly FiniteDraw[], dataSet: DataSetName, stepRatio: number, use: FiniteDraw["use"]): Float64Array {
  return Float64Array.from(draws.flatMap((draw) => (draw.dataSet === dataSet && draw.stepRatio === stepRatio && draw.use === use && draw.position !== null ? [draw.position] : [])));
}

/** The data sets of the draws, in their order. */
export const dataSetsOf = (draws: readonly FiniteDraw[]): readonly DataSetName[] => [...new Set(draws.map(({dataSet}) => dataSet))];

/** E2.4: quantiles of the coordinate along the top eigenvector beside those of Student's and of a stable law fitted to the same draws. */
export function lawQuantiles(draws: readonly FiniteDraw[], testedRatio: number): readonly LawQuantile[] {
  return dataSetsOf(draws).flatMap((dataSet) => {
    const values = positionsOf(draws, dataSet, testedRatio, "fit");
    return lawFamilies
      .filter(({name}) => shownLaws.includes(name))
      .flatMap(({name, fit}) => quantilePairs(values, fit(values).quantile, {points}).map(({probability, expected, observed, low, high}): LawQuantile => ({dataSet, law: name, probability, expected, observed, low, high})));
  });
}
