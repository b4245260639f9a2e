import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import type {CellContext} from "../experiment.ts";
import {chainEnds} from "./chain-end.ts";
import type {ChainEnd} from "./chain-end.ts";
import type {RegressionSgd} from "./exact-sgd.ts";

/** Chains of one-dimensional SGD, each so many relaxation times 1/η long. */
export interface StationaryChains extends RegressionSgd {
  readonly relaxationTimes: number;
}

/**
 * The ends of independent chains of SGD on one-dimensional linear regression,
 * each `relaxationTimes`/η steps from the minimum, for the replicas of the
 * context: one position a chain, so that the sample is independent. Their
 * random numbers are those of the stream `name`.
 */
export async function stationaryChains(name: string, {stepSize, batchSize, inputs, relaxationTimes}: StationaryChains, {stream, ensembles, progress, replicas}: CellContext): Promise<readonly ChainEnd[]> {
  const {state, divergedAt} = await ensembles.simulate(
    linearSgd({samples: streamingSamples({dimension: 1, inputs}), batchSize}),
    {parameters: {stepSize, labelNoise: 1}, key: stream(name, 0).ensembleKey(), replicas, steps: Math.ceil(relaxationTimes / stepSize)},
    {progress}
  );
  return chainEnds(state.weights!, divergedAt);
}
