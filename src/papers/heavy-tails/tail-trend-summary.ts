import {grouped} from "./grouped.ts";
import {thresholdEstimates, verdictEstimates} from "./tail-estimates.ts";
import type {TailEstimate} from "./tail-estimates.ts";
import {drawsOf} from "./tail-sample.ts";
import {survivalOf} from "./tail-survival.ts";
import type {SurvivalRow} from "./tail-survival.ts";
import type {TrendParameter} from "./tail-trend-designs.ts";
import type {TrendReference} from "./tail-trend-references.ts";
import type {TrendPoint} from "./tail-trends.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** The tail index of one process at one value of the parameter that varies. */
export interface TailTrendRow extends TailEstimate {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly regressor: number;
  readonly process: "SGD" | "hSGD";
  /** The exact index of the process: Kesten's, or hSGD's own. */
  readonly exact: number;
  /** η^* − d + 1, hSGD's index, whatever the process. */
  readonly predicted: number;
  readonly used: number;
  readonly total: number;
}

/** E2.3: tail indices at both thresholds that verdicts rest on, beside the exact ones. */
export function summarizeTailTrends(points: readonly TrendPoint[], references: readonly TrendReference[], {chains, homogenizedChains}: Pick<TailTrendsParameters, "chains" | "homogenizedChains">): readonly TailTrendRow[] {
  const samples = grouped(points, ({varied, value, process}) => `${varied} ${value} ${process}`);
  return references.flatMap(({varied, value, regressor, homogenized, kesten}) =>
    (["SGD", "hSGD"] as const).flatMap((process) => {
      const sample = samples.get(`${varied} ${value} ${process}`);
      const exact = process === "SGD" ? kesten : homogenized;
      if (sample === undefined || exact === null) return [];
      const common = {varied, value, regressor, process, exact, predicted: homogenized, used: drawsOf(sample), total: process === "SGD" ? chains : homogenizedChains};
      return verdictEstimates(thresholdEstimates(sample)).map((estimate): TailTrendRow => ({...common, ...estimate}));
    })
  );
}

/** One point of the survival function of one process at one value of the parameter that varies. */
export interface TrendSurvivalRow extends SurvivalRow {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly process: "SGD" | "hSGD";
}

/** E2.3: the survival functions, as the paper's figure 2 draws them. */
export function trendSurvival(points: readonly TrendPoint[]): readonly TrendSurvivalRow[] {
  return [...grouped(points, ({varied, value, process}) => `${varied} ${value} ${process}`).values()].flatMap((sample) => {
    const {varied, value, process} = sample[0]!;
    return survivalOf(sample, 40).map((row) => ({varied, value, process, ...row}));
  });
}
