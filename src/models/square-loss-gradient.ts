import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {backwardPass, summedGradients} from "./backward-pass.ts";
import {forwardPass} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";

/**
 * `scale` times the gradient of the mean square loss (1/n) Σ_μ ½ |f_μ − y_μ|² of n samples.
 *
 * @param inputs (n, …)
 * @param targets (n, outputs)
 * Stacked replicas have inputs (R, n, …) and targets (R, n, outputs), and each the gradient of its own mean.
 *
 * @param scale −η turns it into the step of SGD
 * @returns tensors shaped as the parameters, none for a frozen layer; the caller disposes of them
 */
export function squareLossGradient(
  network: Network,
  parameters: NetworkParameters,
  inputs: Tensor,
  targets: Tensor,
  scale = 1,
): NetworkParameters {
  const values = forwardPass(network, parameters, inputs);
  const residuals = tf.sub(values.at(-1)!, targets);
  const traces = backwardPass(network, parameters, values, tf.mul(residuals, scale / targets.shape.at(-2)!));
  return summedGradients(network, traces);
}
