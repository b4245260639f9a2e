import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {chainsOf, finiteBlockChains} from "./chain-blocks.ts";
import {distanceBlocks} from "./distance-blocks.ts";
import type {DistanceBlock} from "./distance-blocks.ts";
import {designName, finiteDataCell, finiteDataDesigns} from "./finite-data-cells.ts";
import type {FiniteDataDesign} from "./finite-data-cells.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {ChainLength, Process} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {imageSetsOf} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";

/** A process on one data set at one step size, at one length of its chains. */
export interface FiniteChains {
  readonly dataSet: DataSetName;
  readonly control: boolean;
  readonly stepRatio: number;
  readonly process: Process;
  /** Whether chains are read after half of their steps or after all. */
  readonly length: "half" | "whole";
}

/** The distances |X − E X| of one block of chains from their mean. */
export type FiniteBlock = FiniteChains & DistanceBlock;

/** The distance of each chain from the mean, NaN where it has diverged. */
function distances(deviations: Float64Array, dimension: number): Float64Array {
  return Float64Array.from({length: deviations.length / dimension}, (_, chain) => {
    let sum = 0;
    for (let j = chain * dimension; j < (chain + 1) * dimension; j++) sum += deviations[j]! ** 2;
    return Math.sqrt(sum);
  });
}

/** A process on one design, and how its chains are run. */
interface NormChains {
  readonly design: FiniteDataDesign;
  readonly length: ChainLength;
}

/**
 * E2.4: the distances of independent chains from their mean, at half their length and at their end. A cell is SGD or
 * hSGD on one data set at one step size, a replica of it a block of chains.
 */
export const finiteDataChains = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) =>
    finiteDataDesigns(parameters).flatMap((design): readonly Cell<NormChains>[] => {
      const {chains, diffusionChains, relaxationTimes, diffusionRelaxationTimes, relativeTimeStep} = parameters;
      const common = {imageSets: imageSetsOf(design.source)};
      return [
        {...common, name: `${designName(design)}, SGD`, reads: {design, length: {process: "SGD", relaxationTimes}}, replicas: chains / finiteBlockChains},
        {...common, name: `${designName(design)}, hSGD`, reads: {design, length: {process: "hSGD", relaxationTimes: diffusionRelaxationTimes, relativeTimeStep}}, replicas: diffusionChains / finiteBlockChains}
      ];
    }),

  async run({design, length: chainLength}: NormChains, context): Promise<readonly FiniteBlock[]> {
    const {process} = chainLength;
    const cell = finiteDataCell(design, context);
    const {dataSet, control, stepRatio} = cell;
    const {stream, ensembles, progress, replicas} = context;
    const found = await chainDeviations(cell, chainLength, {ensembles, key: stream(`norms of ${process}, ${designName(design)}`, 0).ensembleKey(), replicas: chainsOf(replicas, finiteBlockChains), progress});
    const blocks = (length: FiniteChains["length"]) => distanceBlocks(distances(found[length], found.dimension), replicas, finiteBlockChains).map((block): FiniteBlock => ({dataSet, control, stepRatio, process, length, ...block}));
    const [halves, wholes] = [blocks("half"), blocks("whole")];
    return halves.flatMap((block, i) => [block, wholes[i]!]);
  }
});
