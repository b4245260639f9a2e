import type {LabelledImages} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {cellName, finiteDataCells} from "./finite-data-cells.ts";
import type {FiniteDataCell} from "./finite-data-cells.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {ChainDeviations, Process} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {finiteDataSets} from "./finite-data-sets.ts";

/** When a chain is read: after half of its steps, or after all. */
export type ChainLength = "half" | "whole";

/** An order statistic of the distance |X − E X| of chains from their mean. */
export interface FiniteNorm {
  readonly dataSet: string;
  readonly control: boolean;
  readonly stepRatio: number;
  readonly process: string;
  readonly length: string;
  readonly chains: number;
  readonly diverged: number;
  /** 1 for the greatest: P(|X − E X| ≥ norm) is estimated by rank/chains. */
  readonly rank: number;
  readonly norm: number;
}

/** The fraction of chains whose norms are all kept; below, one in every two hundred of the chains. */
const keptTail = 0.051;
const coarse = 1 / 200;

function orderStatistics({dimension, chains}: ChainDeviations, deviations: Float64Array): readonly (readonly [rank: number, norm: number])[] {
  const norms = new Float64Array(chains);
  for (let chain = 0; chain < chains; chain++) {
    let sum = 0;
    for (let j = chain * dimension; j < (chain + 1) * dimension; j++) sum += deviations[j]! ** 2;
    norms[chain] = Math.sqrt(sum);
  }
  norms.sort();
  const finite = norms.findIndex((norm) => !Number.isFinite(norm));
  const count = finite === -1 ? chains : finite;
  const tail = Math.ceil(keptTail * count);
  const stride = Math.max(1, Math.floor(coarse * count));
  return Array.from({length: count}, (_, i) => i + 1)
    .filter((rank) => rank <= tail || (rank - tail) % stride === 0)
    .map((rank) => [rank + chains - count, norms[count - rank]!]);
}

/** E2.4: the distances of independent chains of SGD and of hSGD from their mean, sorted, at half their length and at their end. */
export async function finiteDataNorms(parameters: FiniteDataParameters, digits: LabelledImages, {stream, ensembles, progress}: ExperimentContext): Promise<readonly FiniteNorm[]> {
  const cells = finiteDataSets(parameters, digits, {stream}).flatMap((set) => finiteDataCells(set, parameters));
  const runs = cells.flatMap((cell) => (["SGD", "hSGD"] as const).map((process) => ({cell, process})));
  const rows: FiniteNorm[] = [];
  for (const [i, {cell, process}] of runs.entries()) {
    const key = stream(`norms of ${process}, ${cellName(cell)}`, 0).ensembleKey();
    const deviations = await chainDeviations(process, cell, parameters, {ensembles, key, chains: parameters.chains, progress: (done, total) => progress(i + done / total, runs.length)});
    for (const row of normRows(cell, process, deviations)) rows.push(row);
  }
  return rows;
}

function normRows({dataSet, control, stepRatio}: FiniteDataCell, process: Process, deviations: ChainDeviations): readonly FiniteNorm[] {
  const {chains, diverged} = deviations;
  return (["half", "whole"] as const).flatMap((length) => orderStatistics(deviations, deviations[length]).map(([rank, norm]): FiniteNorm => ({dataSet, control, stepRatio, process, length, chains, diverged, rank, norm})));
}
