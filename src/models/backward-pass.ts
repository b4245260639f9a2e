import type {Tensor} from "../tensors/index.ts";
import type {LayerParameters, LayerTrace} from "./layer.ts";
import type {Network, NetworkParameters} from "./network.ts";

/**
 * Backpropagation of one gradient for each sample, never mixing samples.
 *
 * @param values what {@link forwardPass} gave
 * @param outputGradient (n, outputs): row μ is the gradient, with respect to the outputs of sample μ, of the scalar
 * whose gradient is sought; for a network of several outputs, column c alone set to 1 asks for output c
 * @returns the trace of each layer
 */
export function backwardPass(
  {layers}: Network,
  parameters: NetworkParameters,
  values: readonly Tensor[],
  outputGradient: Tensor,
): readonly LayerTrace[] {
  const firstWithParameters = layers.findIndex((layer) => layer.parameterGradients !== undefined);
  const traces: LayerTrace[] = [];
  let gradient = outputGradient;
  for (let position = layers.length - 1; position >= 0; position--) {
    const input = values[position]!;
    traces[position] = {input, outputGradient: gradient};
    if (position <= firstWithParameters) break;
    gradient = layers[position]!.inputGradient(parameters[position]!, input, values[position + 1]!, gradient);
  }
  return traces;
}

/** Gradients summed over samples, shaped as the parameters; none for a frozen layer. */
export function summedGradients({layers}: Network, traces: readonly LayerTrace[]): NetworkParameters {
  return layers.map((layer, position): LayerParameters => layer.parameterGradients?.sum(traces[position]!) ?? []);
}
