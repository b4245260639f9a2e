import {hillPlot, tailFit, tailProbabilities} from "../../statistics/index.ts";
import {drawsOf, upperTail} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** A tail index with its 95 % interval, from what lies above one threshold. */
export interface TailEstimate {
  /** Share of the draws below the threshold. */
  readonly probability: number;
  readonly threshold: number;
  readonly exceedances: number;
  readonly tailIndex: number | null;
  readonly low: number | null;
  /** Null where the interval is open. */
  readonly high: number | null;
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

/**
 * Peaks-over-threshold estimates at the fixed thresholds 95, 98, 99, 99.5 and 99.8 %, as far as the sample's kept tail
 * reaches; without a value where fewer than 200 draws lie above.
 */
export function thresholdEstimates(points: readonly TailPoint[]): readonly TailEstimate[] {
  const [draws, tail] = [drawsOf(points), upperTail(points)];
  return tailProbabilities.flatMap((probability): readonly TailEstimate[] => {
    const exceedances = Math.floor(draws * (1 - probability) * (1 + 1e-12));
    if (exceedances < 2 || exceedances >= tail.length) return [];
    const fit = tailFit(tail, {exceedances});
    const {threshold} = fit;
    const found = fit.kind === "fit" ? {tailIndex: finiteOrNull(fit.tailIndex), low: finiteOrNull(fit.low), high: finiteOrNull(fit.high)} : {tailIndex: null, low: null, high: null};
    return [{probability, threshold, exceedances: fit.exceedances, ...found}];
  });
}

/** The two estimates that a verdict rests on: those of the highest thresholds with at least 200 exceedances, lower threshold first. */
export function verdictEstimates(estimates: readonly TailEstimate[]): readonly TailEstimate[] {
  return estimates.filter(({low}) => low !== null).toSorted((a, b) => a.probability - b.probability).slice(-2);
}

/** Hill estimates over the number of largest values, about 40 of them from 30 values on. */
export function hillEstimates(points: readonly TailPoint[]): readonly TailEstimate[] {
  const [draws, tail] = [drawsOf(points), upperTail(points)];
  return hillPlot(tail, {points: 40, least: 30, most: tail.length - 1}).map(({exceedances, threshold, estimate, interval}) => ({probability: 1 - exceedances / draws, threshold, exceedances, tailIndex: estimate, low: interval.low, high: interval.high}));
}
