import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {FiniteDataSummary} from "./finite-data-summary.ts";
import type {FiniteNorm} from "./finite-data-norms.ts";
import {drawsOf} from "./tail-sample.ts";
import {thresholdEstimates} from "./tail-estimates.ts";
import type {TailEstimate} from "./tail-estimates.ts";

/** A tail index of one process in one cell at one threshold, with the bounds of hSGD and SGD's own index. */
export interface FiniteTail extends TailEstimate, Pick<FiniteNorm, "dataSet" | "control" | "stepRatio" | "process" | "length">, Pick<FiniteDataSummary, "lowerBound" | "upperBound" | "tail" | "tailIndexLow" | "tailIndexHigh"> {
  /** SGD's own tail index. */
  readonly ownIndex: number | null;
  readonly used: number;
  readonly total: number;
}

/** E2.4: tail indices of SGD and hSGD by peaks over the fixed thresholds. */
export function summarizeFiniteTails(norms: readonly FiniteNorm[], cells: readonly FiniteDataSummary[], {chains, diffusionChains}: Pick<FiniteDataParameters, "chains" | "diffusionChains">): readonly FiniteTail[] {
  return cells.flatMap(({dataSet, control, stepRatio, lowerBound, upperBound, tail, tailIndex, tailIndexLow, tailIndexHigh}) =>
    (["SGD", "hSGD"] as const).flatMap((process) =>
      (["half", "whole"] as const).flatMap((length) => {
        const sample = norms.filter((norm) => norm.dataSet === dataSet && norm.control === control && norm.stepRatio === stepRatio && norm.process === process && norm.length === length);
        return thresholdEstimates(sample).map((estimate): FiniteTail => ({dataSet, control, stepRatio, process, length, lowerBound, upperBound, tail, ownIndex: tailIndex, tailIndexLow, tailIndexHigh, used: drawsOf(sample), total: process === "SGD" ? chains : diffusionChains, ...estimate}));
      })
    )
  );
}
