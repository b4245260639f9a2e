import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {float64DistancesOfBlocks} from "./distance-blocks.ts";
import {designName, finiteDataDesigns} from "./finite-data-cells.ts";
import type {FiniteBlock, FiniteChains} from "./finite-data-chains.ts";
import type {Process} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** An order statistic of the distance |X − E X| of chains from their mean. */
export type FiniteNorm = FiniteChains & TailPoint;

/** The share of chains whose distances are all kept. */
const keptShare = 0.05;

/** What chooses the blocks of a cell; the step ratio of a negative control follows from its data. */
type Chosen = {readonly dataSet: DataSetName; readonly process: Process; readonly length: FiniteChains["length"]} & ({readonly control: true} | {readonly control: false; readonly stepRatio: number});

/**
 * E2.4: order statistics of the distances of chains from their mean over all blocks, {@link tailSample}. A cell is SGD
 * or hSGD on one data set at one step size, at half their length or at their end; without rows where all chains diverged.
 */
export const finiteDataNorms = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) =>
    finiteDataDesigns(parameters).flatMap((design) =>
      (["SGD", "hSGD"] as const).flatMap((process) =>
        (["half", "whole"] as const).map((length): Cell<Chosen> => {
          const {source, step} = design;
          const reads: Chosen = {dataSet: source.name, process, length, ...("ratio" in step ? {control: false, stepRatio: step.ratio} : {control: true})};
          return {name: `${designName(design)}, ${process}, ${length}`, reads, rows: [{...reads}]};
        })
      )
    ),

  run: (_reads: Chosen, _context, [blocks]: readonly [readonly FiniteBlock[]]): readonly FiniteNorm[] => {
    const found = float64DistancesOfBlocks(blocks);
    if (found.length === 0) return [];
    const {dataSet, control, stepRatio, process, length} = blocks[0]!;
    return tailSample(found, keptShare).map((point): FiniteNorm => ({dataSet, control, stepRatio, process, length, ...point}));
  }
});
