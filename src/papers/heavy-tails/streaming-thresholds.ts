import {grouped} from "./grouped.ts";
import type {StreamingTailPoint} from "./streaming-tails.ts";
import {hillEstimates, thresholdEstimates} from "./tail-estimates.ts";
import type {TailEstimate} from "./tail-estimates.ts";
import {drawsOf} from "./tail-sample.ts";

/** One estimate of one cell's index, at one threshold. */
export interface StreamingThresholdRow extends TailEstimate {
  readonly cell: string;
  /** Whether the chains are taken half-way. */
  readonly halfway: boolean;
  readonly estimator: "generalised Pareto" | "Hill";
  readonly used: number;
}

/** E2.2: how the estimates depend on the threshold, by both estimators. */
export function summarizeStreamingThresholds(points: readonly StreamingTailPoint[]): readonly StreamingThresholdRow[] {
  return [...grouped(points, ({cell, halfway}) => `${cell} ${halfway}`).values()].flatMap((sample) => {
    const {cell, halfway} = sample[0]!;
    const used = drawsOf(sample);
    const row = (estimator: StreamingThresholdRow["estimator"]) => (estimate: TailEstimate): StreamingThresholdRow => ({cell, halfway, estimator, used, ...estimate});
    return [...thresholdEstimates(sample).map(row("generalised Pareto")), ...(halfway ? [] : hillEstimates(sample).map(row("Hill")))];
  });
}
