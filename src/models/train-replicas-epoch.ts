import type {Generator} from "../random/index.ts";
import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import type {Network, NetworkParameters} from "./network.ts";
import type {Samples} from "./samples.ts";
import {sgdStep} from "./sgd-step.ts";
import type {StepRule} from "./train-epoch.ts";

/** Batches are gathered so many at a time that they have at most this many numbers. */
const mostNumbers = 2 ** 24;

/**
 * What `trainEpoch` does, for R replicas of a fully connected network at once: all learn the same samples (N, …), or
 * each its own of stacked ones (R, N, inputs), in the order of its own generator. Replicas are equal to trainings one by one but for the rounding of float32; ten
 * small ones take about the time of one.
 *
 * @param stacked parameters by `stackParameters`, which are disposed of
 * @param generators one for each replica
 * @throws {RangeError} for a batch larger than the set
 */
export function trainReplicasEpoch(
  network: Network,
  stacked: NetworkParameters,
  {inputs, targets}: Samples,
  {stepSize, batchSize, step = sgdStep, afterStep}: StepRule,
  generators: readonly Generator[],
): NetworkParameters {
  const isStacked = targets.rank > 2;
  const count = targets.shape.at(-2)!;
  const batches = Math.floor(count / batchSize);
  if (batches < 1) throw new RangeError(`batchSize: expected at most the ${count} samples, found ${batchSize}`);
  const orders = generators.map((generator) => generator.shuffle(Array(count).keys()));
  const batchesAtOnce = Math.max(1, Math.floor(mostNumbers / (generators.length * batchSize * (inputs.size / targets.size) * targets.shape.at(-1)!)));
  let current = stacked;
  for (let first = 0; first < batches; first += batchesAtOnce) {
    const some = Math.min(batchesAtOnce, batches - first);
    const chosen = orders.map((order) => Array.from({length: some}, (_, i) => order.slice((first + i) * batchSize, (first + i + 1) * batchSize)));
    const gathered = tf.tidy(() => {
      const indices = tf.tensor3d(chosen, undefined, "int32");
      const batchesOf = (all: Tensor) => tf.unstack(isStacked ? tf.gather(all, indices, 1, 1) : tf.gather(all, indices), 1);
      return {inputs: batchesOf(inputs), targets: batchesOf(targets)};
    });
    gathered.inputs.forEach((batch, i) => {
      current = step(network, current, {inputs: batch, targets: gathered.targets[i]!}, stepSize);
      afterStep?.(current);
    });
    tf.dispose([gathered.inputs, gathered.targets]);
  }
  return current;
}
