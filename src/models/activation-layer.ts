import {tf} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/** The activations of hidden units; `linear` is the identity. */
export const activations = ["relu", "tanh", "linear"] as const;
export type Activation = (typeof activations)[number];

/** An elementwise activation; the derivative of relu at 0 is 0. */
export function activationLayer(activation: Activation): Layer {
  return {initialParameters: () => [], ...maps[activation]};
}

const maps: Readonly<Record<Activation, Pick<Layer, "forward" | "inputGradient">>> = {
  relu: {
    forward: (_, input) => tf.relu(input),
    inputGradient: (_, _input, output, outputGradient) => tf.mul(outputGradient, tf.sign(output)),
  },
  tanh: {
    forward: (_, input) => tf.tanh(input),
    inputGradient: (_, _input, output, outputGradient) => tf.mul(outputGradient, tf.sub(1, tf.square(output))),
  },
  linear: {
    forward: (_, input) => tf.clone(input),
    inputGradient: (_, _input, _output, outputGradient) => tf.clone(outputGradient),
  },
};
