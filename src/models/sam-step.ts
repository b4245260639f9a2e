import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {disposeParameters} from "./network.ts";
import type {NetworkParameters} from "./network.ts";
import type {Step} from "./sgd-step.ts";
import {shiftedParameters} from "./shifted-parameters.ts";
import {squareLossGradient} from "./square-loss-gradient.ts";

/** Stands for a norm of 0 in float32. */
const leastNorm = 1e-30;

/**
 * The step of sharpness-aware minimisation, θ − η ∇L_B(θ + ρ g/‖g‖) with g = ∇L_B(θ) of the same batch: two gradients a
 * step. Stacked replicas have each their own ‖g‖; where g = 0 there is no ascent.
 *
 * Source: Foret, Kleiner, Mobahi, Neyshabur, *Sharpness-aware minimization for efficiently improving generalization*,
 * ICLR 2021, algorithm 1 with p = 2.
 *
 * @param radius ρ, at least 0; with 0 it is the step of SGD
 * @throws {RangeError} for another radius
 */
export function samStep(radius: number): Step {
  if (!(radius >= 0 && radius < Infinity)) throw new RangeError(`radius: expected a finite number of at least 0, found ${radius}`);
  return (network, parameters, {inputs, targets}, stepSize) => {
    const next = tf.tidy(() => {
      const gradient = squareLossGradient(network, parameters, inputs, targets);
      const scale = tf.div(radius, tf.maximum(gradientNorm(gradient, targets.rank > 2), leastNorm));
      const scales = (tensor: Tensor) => (scale.rank === 0 ? scale : tf.reshape(scale, [-1, ...tensor.shape.slice(1).map(() => 1)]));
      const ascent = gradient.map((layer) => layer.map((tensor) => tf.mul(tensor, scales(tensor))));
      const steps = squareLossGradient(network, shiftedParameters(parameters, ascent), inputs, targets, -stepSize);
      return shiftedParameters(parameters, steps) as never;
    }) as NetworkParameters;
    disposeParameters(parameters);
    return next;
  };
}

/** ‖g‖, a scalar, or (R,) for stacked replicas. */
function gradientNorm(gradient: NetworkParameters, isStacked: boolean): Tensor {
  const squares = gradient.flat().map((tensor) => tf.sum(tf.square(tensor), tensor.shape.map((_, axis) => axis).slice(isStacked ? 1 : 0)));
  return tf.sqrt(tf.addN(squares));
}
