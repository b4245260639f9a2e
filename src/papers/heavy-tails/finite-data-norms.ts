import type {LabelledImages} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {cellName, finiteDataCells} from "./finite-data-cells.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {Process} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {finiteDataSets} from "./finite-data-sets.ts";
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

/** E2.4: the distances of independent chains of SGD and of hSGD from their mean, at half their length and at their end: the tail, and about 120 points of the rest. */
export async function finiteDataNorms(parameters: FiniteDataParameters, digits: LabelledImages, {stream, ensembles, progress}: ExperimentContext): Promise<readonly FiniteNorm[]> {
  const cells = finiteDataSets(parameters, digits, {stream}).flatMap((set) => finiteDataCells(set, parameters));
  const runs = cells.flatMap((cell) => (["SGD", "hSGD"] as const).map((process) => ({cell, process})));
  const rows: (readonly FiniteNorm[])[] = [];
  for (const [i, {cell, process}] of runs.entries()) {
    const {dataSet, control, stepRatio} = cell;
    const key = stream(`norms of ${process}, ${cellName(cell)}`, 0).ensembleKey();
    const chains = await chainDeviations(process, cell, parameters, {ensembles, key, chains: process === "SGD" ? parameters.chains : parameters.diffusionChains, progress: (done, total) => progress(i + done / total, runs.length)});
    for (const length of ["half", "whole"] as const) {
      const norms = distances(chains[length], chains.dimension);
      if (norms.length > 0) rows.push(tailSample(norms, keptShare).map((point) => ({dataSet, control, stepRatio, process, length, ...point})));
    }
  }
  return rows.flat();
}
