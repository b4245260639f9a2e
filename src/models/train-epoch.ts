import type {Generator} from "../random/index.ts";
import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import type {Network, NetworkParameters} from "./network.ts";
import type {Samples} from "./samples.ts";
import {sgdStep} from "./sgd-step.ts";
import type {Step} from "./sgd-step.ts";

/** How SGD steps. */
export interface StepRule {
  /** η */
  readonly stepSize: number;
  /** B */
  readonly batchSize: number;
  /** What a step does with its batch; that of SGD unless given. */
  readonly step?: Step;
  /** Sees the parameters after every step; they stay the training's. */
  readonly afterStep?: (parameters: NetworkParameters) => void;
}

/**
 * One epoch of SGD on the square loss, θ ← θ − η ∇L_B(θ), or of another step, with ⌊N/B⌋ steps of exactly B samples.
 *
 * The samples are shuffled and cut into batches, as deep networks are trained; the N mod B last ones sit this epoch
 * out. Each batch by itself is a uniform draw of B out of N without replacement, so that its gradient has the
 * covariance (1/B) (N − B)/(N − 1) [(1/N) Σ ∇ℓ ∇ℓᵀ − ∇L ∇Lᵀ] at fixed θ, as it has when every step draws anew. Unlike
 * there, the batches of one epoch are dependent: their gradients sum to that of the whole set, so noise cancels within
 * an epoch and its effect over many steps is smaller than that of independent draws.
 *
 * @param parameters are disposed of
 * @param generator draws the order; it continues over the epochs of one training
 * @returns the parameters after the epoch
 */
export function trainEpoch(
  network: Network,
  parameters: NetworkParameters,
  {inputs, targets}: Samples,
  {stepSize, batchSize, step = sgdStep, afterStep}: StepRule,
  generator: Generator,
): NetworkParameters {
  const count = inputs.shape[0]!;
  const batches = Math.floor(count / batchSize);
  if (batches < 1) throw new RangeError(`batchSize: expected at most the ${count} samples, found ${batchSize}`);
  const order = generator.shuffle(Array(count).keys()).slice(0, batches * batchSize);
  const [inputBatches, targetBatches] = tf.tidy(() => {
    const indices = tf.tensor1d(order, "int32");
    return [tf.split(tf.gather(inputs, indices), batches), tf.split(tf.gather(targets, indices), batches)] as const;
  }) as readonly [Tensor[], Tensor[]];
  let current = parameters;
  for (let batch = 0; batch < batches; batch++) {
    current = step(network, current, {inputs: inputBatches[batch]!, targets: targetBatches[batch]!}, stepSize);
    afterStep?.(current);
  }
  tf.dispose([inputBatches, targetBatches]);
  return current;
}
