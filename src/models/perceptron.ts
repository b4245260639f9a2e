import {activationLayer} from "./activation-layer.ts";
import type {Activation} from "./activation-layer.ts";
import {checkSize} from "./check-size.ts";
import {denseLayer} from "./dense-layer.ts";
import type {Layer} from "./layer.ts";
import type {Network} from "./network.ts";

/** A fully connected network. */
export interface PerceptronShape {
  readonly inputs: number;
  /** The number of units of each hidden layer; none for a linear model. */
  readonly widths: readonly number[];
  readonly activation: Activation;
  /** The number of linear outputs, 1 unless given. */
  readonly outputs?: number;
}

/**
 * A fully connected network: dense layers with the activation between them and linear outputs.
 *
 * @throws {RangeError} for a size that is not a positive integer
 */
export function perceptron({inputs, widths, activation, outputs = 1}: PerceptronShape): Network {
  const sizes = [inputs, ...widths, outputs];
  const names = ["inputs", ...widths.map((_, i) => `widths[${i}]`), "outputs"];
  sizes.forEach((size, i) => checkSize(names[i]!, size));
  const layers = sizes.slice(1).flatMap((size, i): Layer[] => {
    const dense = denseLayer(sizes[i]!, size);
    return i < widths.length ? [dense, activationLayer(activation)] : [dense];
  });
  return {layers, outputs};
}
