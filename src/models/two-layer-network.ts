import {activationLayer} from "./activation-layer.ts";
import type {Activation} from "./activation-layer.ts";
import {checkSize} from "./check-size.ts";
import {denseLayer} from "./dense-layer.ts";
import {frozenLayer} from "./layer.ts";
import type {Network} from "./network.ts";

/** A network with one hidden layer and fixed output weights. */
export interface TwoLayerShape {
  readonly inputs: number;
  readonly width: number;
  readonly activation: Activation;
}

/**
 * f(x) = Σ_j a_j σ(b_j · x) with trained b (inputs, width) and fixed a (width, 1), no biases: gradients are those with
 * respect to b alone. Initial entries of b are uniform with variance 1/inputs and those of a with variance 1/width, so
 * that neither f nor its gradient grows with the width.
 *
 * Source: Wang, Wu, *The noise geometry of SGD* (arXiv 2310.00692), the two-layer model of theorem 3.5; the variances
 * are our choice.
 *
 * @throws {RangeError} for a size that is not a positive integer
 */
export function twoLayerNetwork({inputs, width, activation}: TwoLayerShape): Network {
  checkSize("inputs", inputs);
  checkSize("width", width);
  return {
    layers: [
      denseLayer(inputs, width, {bias: false, variance: 1 / inputs}),
      activationLayer(activation),
      frozenLayer(denseLayer(width, 1, {bias: false, variance: 1 / width})),
    ],
    outputs: 1,
  };
}
