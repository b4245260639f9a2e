import {linearRegressionSgd, runEnsemble} from "../../dynamics/index.ts";
import type {InputLaw} from "../../numerics/index.ts";
import {tf} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";

/** One cell of chains of one-dimensional SGD. */
export interface ChainsCell {
  readonly name: string;
  readonly stepSize: number;
  readonly batchSize: number;
  readonly inputs: InputLaw;
}

const blockSize = 1000;
const chunkSteps = 16;

/**
 * The final positions of `chains` independent chains of SGD on one-dimensional
 * linear regression, each `relaxationTimes`/η steps from the minimum: one
 * position a chain, so that the sample is independent. A chain that overflowed
 * has a position that is not finite.
 */
export function stationaryChains(cells: readonly ChainsCell[], chains: number, relaxationTimes: number, {stream, progress}: ExperimentContext): readonly Float32Array[] {
  const work = cells.map(({stepSize, batchSize}) => Math.ceil(relaxationTimes / stepSize) * batchSize * chains);
  const total = work.reduce((sum, amount) => sum + amount, 0);
  let done = 0;
  return cells.map(({name, stepSize, batchSize, inputs}, i) => {
    const positions = new Float32Array(chains);
    for (let first = 0, block = 0; first < chains; first += blockSize, block++) {
      const replicas = Math.min(blockSize, chains - first);
      const dynamics = linearRegressionSgd({dimension: 1, batchSize, stepSize, inputs, replicas, stream: stream(name, block)});
      const [weights] = runEnsemble(dynamics, {steps: Math.ceil(relaxationTimes / stepSize), chunkSteps});
      positions.set(weights!.dataSync() as Float32Array, first);
      tf.dispose(weights!);
      progress((cells.length * (done + (work[i]! * (first + replicas)) / chains)) / total, cells.length);
    }
    done += work[i]!;
    return positions;
  });
}
