import type {ExperimentContext} from "../experiment.ts";
import type {KurtosisControlParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity, its inputs of a given kurtosis. */
export interface KurtosisChain {
  readonly kurtosis: number;
  readonly stepSize: number;
  readonly chain: number;
  /** θ in units in which L = (1 + θ²)/2; null where the chain diverged. */
  readonly position: number | null;
}

/** X2: chains of one-dimensional SGD on three-point inputs that differ in their kurtosis only. */
export function kurtosisControl({stepSizes, batchSize, kurtoses, chains, relaxationTimes}: KurtosisControlParameters, context: ExperimentContext): readonly KurtosisChain[] {
  const cells = kurtoses.flatMap((kurtosis) => stepSizes.map((stepSize) => ({name: `kurtosis ${kurtosis} step ${stepSize}`, kurtosis, stepSize, batchSize, inputs: {kind: "three-point", kurtosis} as const})));
  const positions = stationaryChains(cells, chains, relaxationTimes, context);
  return cells.flatMap(({kurtosis, stepSize}, i) =>
    Array.from(positions[i]!, (position, chain): KurtosisChain => ({kurtosis, stepSize, chain, position: Number.isFinite(position) ? position : null}))
  );
}
