import {defineExperiment} from "../experiment.ts";
import type {ChainEnd} from "./chain-end.ts";
import type {StationaryExponentParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";
import type {StationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity. */
export interface StationaryChain extends ChainEnd {
  readonly stepSize: number;
  readonly batchSize: number;
  readonly chain: number;
}

const nameOf = ({stepSize, batchSize}: Pick<StationaryChain, "stepSize" | "batchSize">): string => `step ${stepSize} batch ${batchSize}`;

/** E0.2: independent chains of SGD in one dimension over step sizes and batch sizes. */
export const stationaryExponent = /* @__PURE__ */ defineExperiment({
  cells: ({stepSizes, batchSizes, inputs, relaxationTimes, chains}: StationaryExponentParameters) =>
    stepSizes.flatMap((stepSize) => batchSizes.map((batchSize) => ({name: nameOf({stepSize, batchSize}), reads: {stepSize, batchSize, inputs, relaxationTimes}, replicas: chains}))),

  async run(reads: StationaryChains, context): Promise<readonly StationaryChain[]> {
    const {stepSize, batchSize} = reads;
    const ends = await stationaryChains(nameOf(reads), reads, context);
    return ends.map(({position, divergedAt}, i) => ({stepSize, batchSize, chain: context.replicas.first + i, position, divergedAt}));
  }
});
