import {tf} from "../tensors/index.ts";
import type {Tensor, Tensor2D} from "../tensors/index.ts";
import {backwardPass} from "./backward-pass.ts";
import type {LayerTrace} from "./layer.ts";
import {forwardPass} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";

/** Samples first, …, first + count − 1. */
export interface SampleRange {
  readonly first: number;
  readonly count: number;
}

/** What the layers see of a range of samples; there is no trace of a layer without trained parameters. */
export interface TracedRange extends SampleRange {
  readonly traces: readonly LayerTrace[];
}

/** Cuts samples into ranges of equal size, but for the last. */
export function sampleRanges(samples: number, size: number): readonly SampleRange[] {
  return Array.from({length: Math.ceil(samples / size)}, (_, i) => ({first: i * size, count: Math.min(size, samples - i * size)}));
}

/**
 * Passes a range of the samples forward, and backward from each of the outputs named, whose gradients are joined in one
 * trace for each layer.
 */
export function traceRange(
  network: Network,
  parameters: NetworkParameters,
  inputs: Tensor,
  outputs: readonly number[],
  {first, count}: SampleRange,
): TracedRange {
  const trained = network.layers.flatMap(({parameterGradients}, layer) => (parameterGradients === undefined ? [] : [layer]));
  const traces = tf.tidy(() => {
    const values = forwardPass(network, parameters, tf.slice(inputs, first, count));
    const gradients = outputs.map((output) => tf.tidy(() => {
      const ofOutput = backwardPass(network, parameters, values, outputSeed(network, count, output));
      return trained.map((layer) => ofOutput[layer]!.outputGradient);
    }));
    return trained.map((layer, i) => ({input: values[layer]!, outputGradient: joinOutputs(gradients.map((ofOutput) => ofOutput[i]!))}));
  });
  const ofLayer: LayerTrace[] = [];
  trained.forEach((layer, i) => (ofLayer[layer] = traces[i]!));
  return {first, count, traces: ofLayer};
}

/** The inner products (n·c, m·c) of the gradients of two ranges, over all layers. */
export function gramTile({layers}: Network, left: TracedRange, right: TracedRange): Tensor2D {
  return tf.tidy(() => {
    let sum: Tensor2D | undefined;
    layers.forEach(({parameterGradients}, i) => {
      if (parameterGradients === undefined) return;
      const product = tf.tidy(() => parameterGradients.products(left.traces[i]!, right.traces[i]!));
      sum = sum === undefined ? product : tf.add(sum, product) as Tensor2D;
    });
    if (sum === undefined) throw new RangeError("network: expected a layer with parameters that are not frozen, found none");
    return sum;
  });
}

function joinOutputs(gradients: readonly Tensor[]): Tensor {
  if (gradients.length === 1) return gradients[0]!;
  const [count, ...rest] = gradients[0]!.shape;
  return tf.reshape(tf.stack([...gradients], 1), [count! * gradients.length, ...rest]);
}

function outputSeed({outputs}: Network, count: number, output: number): Tensor2D {
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new RangeError(`output: expected an integer from 0 to ${outputs - 1}, found ${output}`);
  }
  if (outputs === 1) return tf.ones([count, 1]);
  return tf.oneHot(tf.fill([count], output, "int32"), outputs, 1, 0, "float32") as Tensor2D;
}
