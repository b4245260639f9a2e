import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import type {InputLaw} from "../../numerics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {chainEnds} from "./chain-end.ts";
import type {ChainEnd} from "./chain-end.ts";

/** One cell of chains of one-dimensional SGD. */
export interface ChainsCell {
  readonly name: string;
  readonly stepSize: number;
  readonly batchSize: number;
  readonly inputs: InputLaw;
}

/**
 * The ends of `chains` independent chains of SGD on one-dimensional linear
 * regression, each `relaxationTimes`/η steps from the minimum: one position a
 * chain, so that the sample is independent.
 */
export async function stationaryChains(cells: readonly ChainsCell[], chains: number, relaxationTimes: number, {stream, ensembles, progress}: ExperimentContext): Promise<readonly (readonly ChainEnd[])[]> {
  const stepsOf = ({stepSize}: ChainsCell) => Math.ceil(relaxationTimes / stepSize);
  const work = cells.map((cell) => stepsOf(cell) * cell.batchSize);
  const total = work.reduce((sum, amount) => sum + amount, 0);
  const ends: (readonly ChainEnd[])[] = [];
  let finished = 0;
  for (const [i, cell] of cells.entries()) {
    const {name, stepSize, batchSize, inputs} = cell;
    const {state, divergedAt} = await ensembles.simulate(
      linearSgd({samples: streamingSamples({dimension: 1, inputs}), batchSize}),
      {parameters: {stepSize, labelNoise: 1}, key: stream(name, 0).ensembleKey(), replicas: chains, steps: stepsOf(cell)},
      {progress: (done, blocks) => progress((cells.length * (finished + (work[i]! * done) / blocks)) / total, cells.length)}
    );
    finished += work[i]!;
    ends.push(chainEnds(state.weights!, divergedAt));
  }
  return ends;
}
