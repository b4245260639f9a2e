import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/**
 * The activations of hidden units; `linear` is the identity and `tilted-tanh` is z + ½ tanh z, smooth with a derivative
 * in (1, 3/2].
 */
export const activations = ["relu", "tanh", "tilted-tanh", "linear"] as const;
export type Activation = (typeof activations)[number];

/** An elementwise activation; the derivative of relu at 0 is 0. */
export function activationLayer(activation: Activation): Layer {
  return {initialParameters: () => [], ...maps[activation]};
}

type Maps = Pick<Layer, "forward" | "inputGradient" | "forwardTangent" | "inputGradientTangent">;
type Derivative = (input: Tensor, output: Tensor) => Tensor;

/** The maps of a function with its derivative σ' and, where that is not constant piece by piece, σ''; both may read the output σ(z). */
function elementwise(forward: (input: Tensor) => Tensor, derivative: Derivative, secondDerivative?: Derivative): Maps {
  return {
    forward: (_, input) => forward(input),
    inputGradient: (_, input, output, outputGradient) => tf.mul(outputGradient, derivative(input, output)),
    forwardTangent: (_, _direction, {value, tangent}, output) => tf.mul(tangent!, derivative(value, output)),
    inputGradientTangent: (_, _direction, input, output, {value, tangent}) => {
      const moved = tf.mul(tangent!, derivative(input.value, output.value));
      return secondDerivative === undefined ? moved : tf.add(moved, tf.mul(tf.mul(value, input.tangent!), secondDerivative(input.value, output.value)));
    },
  };
}

const maps: Readonly<Record<Activation, Maps>> = {
  relu: elementwise(tf.relu, (_, output) => tf.sign(output)),
  tanh: elementwise(
    tf.tanh,
    (_, output) => tf.sub(1, tf.square(output)),
    (_, output) => tf.mul(tf.mul(-2, output), tf.sub(1, tf.square(output)))),
  "tilted-tanh": elementwise(
    (input) => tf.add(input, tf.mul(tf.tanh(input), 0.5)),
    (input) => tf.sub(1.5, tf.mul(tf.square(tf.tanh(input)), 0.5)),
    (input) => tf.mul(-1, tf.mul(tf.tanh(input), tf.sub(1, tf.square(tf.tanh(input)))))),
  linear: {
    forward: (_, input) => tf.clone(input),
    inputGradient: (_, _input, _output, outputGradient) => tf.clone(outputGradient),
    forwardTangent: (_, _direction, {tangent}) => tf.clone(tangent!),
    inputGradientTangent: (_, _direction, _input, _output, {tangent}) => tf.clone(tangent!),
  },
};
