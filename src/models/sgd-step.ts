import {tf} from "../tensors/index.ts";
import {disposeParameters} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";
import type {Samples} from "./samples.ts";
import {shiftedParameters} from "./shifted-parameters.ts";
import {squareLossGradient} from "./square-loss-gradient.ts";

/** One step of a training on one batch, or on one batch for each of stacked replicas; disposes of the parameters it is given. */
export type Step = (network: Network, parameters: NetworkParameters, batch: Samples, stepSize: number) => NetworkParameters;

/**
 * One step θ − η ∇L_B(θ) of SGD on the square loss of one batch, or of one batch for each of stacked replicas.
 *
 * @param parameters are disposed of
 */
export function sgdStep(network: Network, parameters: NetworkParameters, {inputs, targets}: Samples, stepSize: number): NetworkParameters {
  const next = tf.tidy(() => shiftedParameters(parameters, squareLossGradient(network, parameters, inputs, targets, -stepSize)) as never) as NetworkParameters;
  disposeParameters(parameters);
  return next;
}
