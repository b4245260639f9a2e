import {tf} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/** The same numbers in another shape for each sample: (n, …) to (n, ...shape). */
export function reshapeLayer(shape: readonly number[]): Layer {
  return {
    initialParameters: () => [],
    forward: (_, input) => tf.reshape(input, [input.shape[0]!, ...shape]),
    inputGradient: (_, input, _output, outputGradient) => tf.reshape(outputGradient, input.shape),
  };
}
