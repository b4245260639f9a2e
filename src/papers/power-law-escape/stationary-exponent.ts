import type {ExperimentContext} from "../experiment.ts";
import type {StationaryExponentParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity. */
export interface StationaryChain {
  readonly stepSize: number;
  readonly batchSize: number;
  readonly chain: number;
  /** θ in units in which L = (1 + θ²)/2; null where the chain diverged. */
  readonly position: number | null;
}

/** E0.2: independent chains of SGD in one dimension over step sizes and batch sizes. */
export function stationaryExponent({stepSizes, batchSizes, inputs, chains, relaxationTimes}: StationaryExponentParameters, context: ExperimentContext): readonly StationaryChain[] {
  const cells = stepSizes.flatMap((stepSize) => batchSizes.map((batchSize) => ({name: `step ${stepSize} batch ${batchSize}`, stepSize, batchSize, inputs})));
  const positions = stationaryChains(cells, chains, relaxationTimes, context);
  return cells.flatMap(({stepSize, batchSize}, i) =>
    Array.from(positions[i]!, (position, chain): StationaryChain => ({stepSize, batchSize, chain, position: Number.isFinite(position) ? position : null}))
  );
}
