import {tf} from "../tensors/index.ts";
import {disposeParameters} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";
import type {Samples} from "./samples.ts";
import {squareLossGradient} from "./square-loss-gradient.ts";

/**
 * One step θ − η ∇L_B(θ) of SGD on the square loss of one batch, or of one batch for each of stacked replicas.
 *
 * @param parameters are disposed of
 */
export function sgdStep(network: Network, parameters: NetworkParameters, {inputs, targets}: Samples, stepSize: number): NetworkParameters {
  const next = tf.tidy(() => {
    const steps = squareLossGradient(network, parameters, inputs, targets, -stepSize);
    return parameters.map((layer, i) => layer.map((tensor, j) => (steps[i]![j] === undefined ? tf.clone(tensor) : tf.add(tensor, steps[i]![j]!))));
  });
  disposeParameters(parameters);
  return next;
}
