import type {ExperimentContext} from "../experiment.ts";
import type {ChainEnd} from "./chain-end.ts";
import type {StationaryExponentParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity. */
export interface StationaryChain extends ChainEnd {
  readonly stepSize: number;
  readonly batchSize: number;
  readonly chain: number;
}

/** E0.2: independent chains of SGD in one dimension over step sizes and batch sizes. */
export async function stationaryExponent({stepSizes, batchSizes, inputs, chains, relaxationTimes}: StationaryExponentParameters, context: ExperimentContext): Promise<readonly StationaryChain[]> {
  const cells = stepSizes.flatMap((stepSize) => batchSizes.map((batchSize) => ({name: `step ${stepSize} batch ${batchSize}`, stepSize, batchSize, inputs})));
  const ends = await stationaryChains(cells, chains, relaxationTimes, context);
  return cells.flatMap(({stepSize, batchSize}, i) => ends[i]!.map((end, chain): StationaryChain => ({stepSize, batchSize, chain, ...end})));
}
