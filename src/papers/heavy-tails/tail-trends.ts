import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {distancesOfBlocks} from "./distance-blocks.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";
import type {TrendBlock, TrendProcess} from "./tail-trend-chains.ts";
import {trendDesigns} from "./tail-trend-designs.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** One order statistic of ‖X − m‖ of a process's chains. */
export type TrendPoint = TrendProcess & TailPoint;

const tailShare = 0.006;

/** E2.3: order statistics of ‖X − m‖ over all blocks of chains, {@link tailSample}. A cell is SGD or hSGD on one design, without rows where there are no chains. */
export const tailTrends = /* @__PURE__ */ defineExperiment({
  cells: (parameters: TailTrendsParameters) =>
    trendDesigns(parameters).flatMap(({varied, value}) =>
      (["SGD", "hSGD"] as const).map((process): Cell<TrendProcess> => {
        const reads: TrendProcess = {varied, value, process};
        return {name: `${varied} ${value}, ${process}`, reads, rows: [{...reads}]};
      })
    ),

  run: (reads: TrendProcess, _context, [blocks]: readonly [readonly TrendBlock[]]): readonly TrendPoint[] =>
    blocks.length === 0 ? [] : tailSample(distancesOfBlocks(blocks), tailShare).map((point): TrendPoint => ({...reads, ...point}))
});
