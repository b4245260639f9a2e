import {tf} from "../tensors/index.ts";
import {extremeEigenvalues} from "./extreme-eigenvalues.ts";
import type {ExtremeEigenvalues} from "./extreme-eigenvalues.ts";
import type {LossHessian} from "./loss-hessian.ts";
import {trainedParameterCount} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";

/**
 * The ends of the spectrum of a loss Hessian by Lanczos' iteration, as {@link extremeEigenvalues}: the largest
 * eigenvalue is the algebraic one, so that negative curvature, however strong, is not taken for sharpness.
 *
 * @param hessian of `network` at `parameters`, no stacked replicas
 * @param tolerance relative, of the last two steps; 10⁻⁴ unless given, since products are rounded to float32
 * @throws {RangeError} if a product is not finite, or 100 of them do not suffice
 */
export function hessianEigenvalues(network: Network, parameters: NetworkParameters, hessian: LossHessian, tolerance = 1e-4): ExtremeEigenvalues {
  const {layers} = network;
  const shapes = parameters.map((layer, i) => (layers[i]!.parameterGradients === undefined ? [] : layer.map(({shape}) => shape)));
  const sizes = shapes.flat().map((shape) => shape.reduce((product, length) => product * length, 1));
  const multiply = (vector: Float64Array): ArrayLike<number> => tf.tidy(() => {
    const parts = tf.split(tf.tensor1d(Float32Array.from(vector)), sizes);
    let next = 0;
    const direction = shapes.map((layer) => layer.map((shape) => tf.reshape(parts[next++]!, shape)));
    const {product} = hessian.multiply(direction);
    return tf.concat(product.flat().map((tensor) => tf.reshape(tensor, [-1]))).dataSync() as unknown as never;
  });
  return extremeEigenvalues(trainedParameterCount(network, parameters), multiply, tolerance);
}
