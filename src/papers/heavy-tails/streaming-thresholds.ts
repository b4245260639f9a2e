import {defineExperiment} from "../experiment.ts";
import {streamingDesigns} from "./streaming-designs.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";
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

/** E2.2: how the estimates depend on the threshold, by both estimators. A cell is one design; its sample is among the rows of `streamingTails`. */
export const streamingThresholds = defineExperiment({
  cells: (parameters: StreamingTailsParameters) => streamingDesigns(parameters).map(({cell}) => ({name: cell, reads: {cell}})),

  run({cell}: Pick<StreamingThresholdRow, "cell">, _, [points]: readonly [readonly StreamingTailPoint[]]): readonly StreamingThresholdRow[] {
    const own = points.filter((point) => point.cell === cell);
    return [false, true].flatMap((halfway) => {
      const sample = own.filter((point) => point.halfway === halfway);
      const used = drawsOf(sample);
      const row = (estimator: StreamingThresholdRow["estimator"]) => (estimate: TailEstimate): StreamingThresholdRow => ({cell, halfway, estimator, used, ...estimate});
      return [...thresholdEstimates(sample).map(row("generalised Pareto")), ...(halfway || sample.length === 0 ? [] : hillEstimates(sample).map(row("Hill")))];
    });
  }
});
