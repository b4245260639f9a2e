import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {designName, finiteDataCell, finiteDataDesigns} from "./finite-data-cells.ts";
import type {FiniteDataDesign} from "./finite-data-cells.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {ChainLength, Process} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {imageSetsOf} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** An order statistic of the distance |X − E X| of chains from their mean. */
export interface FiniteNorm extends TailPoint {
  readonly dataSet: DataSetName;
  readonly control: boolean;
  readonly stepRatio: number;
  readonly process: Process;
  /** Whether chains are read after half of their steps or after all. */
  readonly length: "half" | "whole";
}

/** The share of chains whose distances are all kept. */
const keptShare = 0.05;

/** The distance of each chain that has not diverged from the mean. */
function distances(deviations: Float64Array, dimension: number): Float64Array {
  const norms = Float64Array.from({length: deviations.length / dimension}, (_, chain) => {
    let sum = 0;
    for (let j = chain * dimension; j < (chain + 1) * dimension; j++) sum += deviations[j]! ** 2;
    return Math.sqrt(sum);
  });
  return norms.filter(Number.isFinite);
}

/** A process on one design, and how its chains are run. */
interface NormChains {
  readonly design: FiniteDataDesign;
  readonly chains: number;
  readonly length: ChainLength;
}

/**
 * E2.4: the distances of independent chains from their mean, at half their length and at their end: the tail, and about
 * 120 points of the rest. A cell is SGD or hSGD on one data set at one step size; it has no replicas, since its rows
 * are order statistics of all of its chains.
 */
export const finiteDataNorms = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) =>
    finiteDataDesigns(parameters).flatMap((design): readonly Cell<NormChains>[] => {
      const {chains, diffusionChains, relaxationTimes, diffusionRelaxationTimes, relativeTimeStep} = parameters;
      const common = {imageSets: imageSetsOf(design.source)};
      return [
        {...common, name: `${designName(design)}, SGD`, reads: {design, chains, length: {process: "SGD", relaxationTimes}}},
        {...common, name: `${designName(design)}, hSGD`, reads: {design, chains: diffusionChains, length: {process: "hSGD", relaxationTimes: diffusionRelaxationTimes, relativeTimeStep}}}
      ];
    }),

  async run({design, chains, length: chainLength}: NormChains, context): Promise<readonly FiniteNorm[]> {
    const {process} = chainLength;
    const cell = finiteDataCell(design, context);
    const {dataSet, control, stepRatio} = cell;
    const {stream, ensembles, progress} = context;
    const found = await chainDeviations(cell, chainLength, {ensembles, key: stream(`norms of ${process}, ${designName(design)}`, 0).ensembleKey(), replicas: {first: 0, count: chains}, progress});
    return (["half", "whole"] as const).flatMap((length) => {
      const norms = distances(found[length], found.dimension);
      return norms.length === 0 ? [] : tailSample(norms, keptShare).map((point): FiniteNorm => ({dataSet, control, stepRatio, process, length, ...point}));
    });
  }
});
