import type {Padding} from "../tensors/index.ts";
import {activationLayer} from "./activation-layer.ts";
import type {Activation} from "./activation-layer.ts";
import {checkSize} from "./check-size.ts";
import {convolutionLayer} from "./convolution-layer.ts";
import {denseLayer} from "./dense-layer.ts";
import type {Layer} from "./layer.ts";
import type {Network} from "./network.ts";
import {poolingLayer} from "./pooling-layer.ts";
import type {Pooling} from "./pooling-layer.ts";
import {reshapeLayer} from "./reshape-layer.ts";

/** A convolution with the activation after it, and a pooling after that where one is given. */
export interface ConvolutionStage {
  readonly filters: number;
  /** The side of the square kernel. */
  readonly kernelSize: number;
  /** `same` unless given. */
  readonly padding?: Padding;
  readonly pooling?: {readonly kind: Pooling; readonly size: number};
}

/** A convolutional network. */
export interface ConvolutionalShape {
  readonly image: {readonly height: number; readonly width: number; readonly channels: number};
  readonly stages: readonly ConvolutionStage[];
  /** The number of units of each hidden dense layer after the last stage; none unless given. */
  readonly widths?: readonly number[];
  readonly activation: Activation;
  /** The number of linear outputs, 1 unless given. */
  readonly outputs?: number;
}

/**
 * A convolutional network: stages, then dense layers with the activation between them and linear outputs. Samples are
 * images (n, height, width, channels) or rows (n, height · width · channels) of the same numbers.
 *
 * @throws {RangeError} for a size that is not a positive integer, or a kernel or pooling window larger than its image
 */
export function convolutionalNetwork({image, stages, widths = [], activation, outputs = 1}: ConvolutionalShape): Network {
  for (const [name, size] of Object.entries(image)) checkSize(`image.${name}`, size);
  let {height, width, channels} = image;
  const layers: Layer[] = [reshapeLayer([height, width, channels])];
  stages.forEach(({filters, kernelSize, padding = "same", pooling}, i) => {
    checkSize(`stages[${i}].filters`, filters);
    checkWindow(`stages[${i}].kernelSize`, kernelSize, height, width);
    layers.push(convolutionLayer({channels, filters, kernelSize, padding}), activationLayer(activation));
    channels = filters;
    if (padding === "valid") [height, width] = [height - kernelSize + 1, width - kernelSize + 1];
    if (pooling === undefined) return;
    checkWindow(`stages[${i}].pooling.size`, pooling.size, height, width);
    layers.push(poolingLayer(pooling.kind, pooling.size));
    [height, width] = [Math.floor(height / pooling.size), Math.floor(width / pooling.size)];
  });
  const sizes = [height * width * channels, ...widths, outputs];
  widths.forEach((size, i) => checkSize(`widths[${i}]`, size));
  checkSize("outputs", outputs);
  layers.push(reshapeLayer([sizes[0]!]));
  sizes.slice(1).forEach((size, i) => {
    layers.push(denseLayer(sizes[i]!, size));
    if (i < widths.length) layers.push(activationLayer(activation));
  });
  return {layers, outputs};
}

function checkWindow(name: string, size: number, height: number, width: number): void {
  checkSize(name, size);
  if (size > Math.min(height, width)) throw new RangeError(`${name}: expected at most the ${height} × ${width} image, found ${size}`);
}
