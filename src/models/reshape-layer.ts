import {tf} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/** The same numbers in another shape for each sample: (n, …) to (n, ...shape). */
export function reshapeLayer(shape: readonly number[]): Layer {
  return {
    initialParameters: () => [],
    forward: (_, input) => tf.reshape(input, [input.shape[0]!, ...shape]),
    inputGradient: (_, input, _output, outputGradient) => tf.reshape(outputGradient, input.shape),
    forwardTangent: (_, _direction, {tangent}) => tf.reshape(tangent!, [tangent!.shape[0]!, ...shape]),
    inputGradientTangent: (_, _direction, input, _output, {tangent}) => tf.reshape(tangent!, input.value.shape),
  };
}
