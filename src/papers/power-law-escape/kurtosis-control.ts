import {defineExperiment} from "../experiment.ts";
import type {ChainEnd} from "./chain-end.ts";
import type {KurtosisControlParameters} from "./parameters.ts";
import {stationaryChains} from "./stationary-chains.ts";

/** One chain of SGD at stationarity, its inputs of a given kurtosis. */
export interface KurtosisChain extends ChainEnd {
  readonly kurtosis: number;
  readonly stepSize: number;
  readonly chain: number;
}

type KurtosisCell = Pick<KurtosisChain, "kurtosis" | "stepSize"> & Pick<KurtosisControlParameters, "batchSize" | "relaxationTimes">;

const nameOf = ({kurtosis, stepSize}: Pick<KurtosisChain, "kurtosis" | "stepSize">): string => `kurtosis ${kurtosis} step ${stepSize}`;

/** X2: chains of one-dimensional SGD on three-point inputs that differ in their kurtosis only. */
export const kurtosisControl = /* @__PURE__ */ defineExperiment({
  cells: ({stepSizes, batchSize, kurtoses, chains, relaxationTimes}: KurtosisControlParameters) =>
    kurtoses.flatMap((kurtosis) => stepSizes.map((stepSize) => ({name: nameOf({kurtosis, stepSize}), reads: {kurtosis, stepSize, batchSize, relaxationTimes}, replicas: chains}))),

  async run({kurtosis, ...sgd}: KurtosisCell, context): Promise<readonly KurtosisChain[]> {
    const {stepSize} = sgd;
    const ends = await stationaryChains(nameOf({kurtosis, stepSize}), {...sgd, inputs: {kind: "three-point", kurtosis}}, context);
    return ends.map(({position, divergedAt}, i) => ({kurtosis, stepSize, chain: context.replicas.first + i, position, divergedAt}));
  }
});
