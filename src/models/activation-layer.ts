import {tf} from "../tensors/index.ts";
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

const maps: Readonly<Record<Activation, Pick<Layer, "forward" | "inputGradient">>> = {
  relu: {
    forward: (_, input) => tf.relu(input),
    inputGradient: (_, _input, output, outputGradient) => tf.mul(outputGradient, tf.sign(output)),
  },
  tanh: {
    forward: (_, input) => tf.tanh(input),
    inputGradient: (_, _input, output, outputGradient) => tf.mul(outputGradient, tf.sub(1, tf.square(output))),
  },
  "tilted-tanh": {
    forward: (_, input) => tf.add(input, tf.mul(tf.tanh(input), 0.5)),
    inputGradient: (_, input, _output, outputGradient) => tf.mul(outputGradient, tf.sub(1.5, tf.mul(tf.square(tf.tanh(input)), 0.5))),
  },
  linear: {
    forward: (_, input) => tf.clone(input),
    inputGradient: (_, _input, _output, outputGradient) => tf.clone(outputGradient),
  },
};
