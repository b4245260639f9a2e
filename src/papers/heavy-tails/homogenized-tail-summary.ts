import {homogenizedTailIndex, homogenizedTailIndexBounds} from "../../numerics/index.ts";
import {grouped} from "./grouped.ts";
import type {ChainVariant} from "./homogenized-tail-chains.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import type {CellTailPoint} from "./homogenized-tails.ts";
import {drawsOf} from "./tail-sample.ts";
import {hillEstimates, thresholdEstimates} from "./tail-estimates.ts";
import type {TailEstimate} from "./tail-estimates.ts";

/** A tail index of hSGD at one threshold, with what it is held against. */
export interface HomogenizedTailRow extends TailEstimate {
  readonly cell: string;
  readonly estimator: "generalised Pareto" | "Hill";
  readonly variant: ChainVariant;
  readonly dimension: number;
  readonly stepSize: number;
  readonly batchSize: number;
  readonly ridge: number;
  /** Of the angular equation. */
  readonly exact: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly used: number;
  readonly total: number;
}

const variants: readonly ChainVariant[] = ["as fixed", "half time step", "half length"];

/** E2.1: tail indices of hSGD at all thresholds and by Hill's estimator, with the exact index and its bounds. */
export function summarizeHomogenizedTails(points: readonly CellTailPoint[], {cells, chains, checkChains}: Pick<HomogenizedTailsParameters, "cells" | "chains" | "checkChains">): readonly HomogenizedTailRow[] {
  const samples = grouped(points, ({cell, variant}) => `${cell} ${variant}`);
  return cells.flatMap(({name, ...sgd}) => {
    const exact = homogenizedTailIndex(sgd).index!;
    const {lower, upper} = homogenizedTailIndexBounds(sgd);
    return variants.flatMap((variant) => {
      const sample = samples.get(`${name} ${variant}`) ?? [];
      const common = {cell: name, variant, dimension: sgd.eigenvalues.length, stepSize: sgd.stepSize, batchSize: sgd.batchSize, ridge: sgd.ridge, exact, lowerBound: lower, upperBound: upper, used: drawsOf(sample), total: variant === "half time step" ? checkChains : chains};
      const row = (estimator: HomogenizedTailRow["estimator"]) => (estimate: TailEstimate): HomogenizedTailRow => ({...common, estimator, ...estimate});
      return [...thresholdEstimates(sample).map(row("generalised Pareto")), ...(variant === "as fixed" ? hillEstimates(sample).map(row("Hill")) : [])];
    });
  });
}
