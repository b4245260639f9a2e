import type {ExperimentContext} from "../experiment.ts";
import type {ChainEnd} from "./chain-end.ts";
import type {KurtosisControlParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity, its inputs of a given kurtosis. */
export interface KurtosisChain extends ChainEnd {
  readonly kurtosis: number;
  readonly stepSize: number;
  readonly chain: number;
}

/** X2: chains of one-dimensional SGD on three-point inputs that differ in their kurtosis only. */
export async function kurtosisControl({stepSizes, batchSize, kurtoses, chains, relaxationTimes}: KurtosisControlParameters, context: ExperimentContext): Promise<readonly KurtosisChain[]> {
  const cells = kurtoses.flatMap((kurtosis) => stepSizes.map((stepSize) => ({name: `kurtosis ${kurtosis} step ${stepSize}`, kurtosis, stepSize, batchSize, inputs: {kind: "three-point", kurtosis} as const})));
  const ends = await stationaryChains(cells, chains, relaxationTimes, context);
  return cells.flatMap(({kurtosis, stepSize}, i) => ends[i]!.map((end, chain): KurtosisChain => ({kurtosis, stepSize, chain, ...end})));
}
