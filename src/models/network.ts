import type {RandomStream} from "../random/index.ts";
import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import type {Layer, LayerParameters} from "./layer.ts";

/** Layers applied one after the other to samples of shape (n, …), giving (n, outputs). */
export interface Network {
  readonly layers: readonly Layer[];
  readonly outputs: number;
}

/** The parameters of each layer in turn. */
export type NetworkParameters = readonly LayerParameters[];

/** Initial parameters, a function of the stream alone; the caller disposes of them. */
export function initialParameters({layers}: Network, stream: RandomStream): NetworkParameters {
  return layers.map((layer, position) => layer.initialParameters(stream, position));
}

/** The number of parameters. */
export function parameterCount(parameters: NetworkParameters): number {
  return parameters.flat().reduce((count, {size}) => count + size, 0);
}

/** The number of parameters that gradients are taken with respect to: all but those of frozen layers. */
export function trainedParameterCount({layers}: Network, parameters: NetworkParameters): number {
  return parameterCount(parameters.filter((_, position) => layers[position]!.parameterGradients !== undefined));
}

/** Frees the parameters' memory. */
export function disposeParameters(parameters: NetworkParameters): void {
  for (const tensor of parameters.flat()) tensor.dispose();
}

/** The network's outputs f (n, outputs). */
export function networkOutputs(network: Network, parameters: NetworkParameters, inputs: Tensor): Tensor {
  return tf.tidy(() => forwardPass(network, parameters, inputs).at(-1)!);
}

/** The inputs, then the output of each layer; the tensors are the caller's to dispose of. */
export function forwardPass({layers}: Network, parameters: NetworkParameters, inputs: Tensor): readonly Tensor[] {
  const values = [inputs];
  layers.forEach((layer, position) => values.push(layer.forward(parameters[position]!, values[position]!)));
  return values;
}
