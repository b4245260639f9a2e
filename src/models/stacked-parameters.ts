import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import type {NetworkParameters} from "./network.ts";

/**
 * The parameters of R replicas of one fully connected network as one: weights (R, inputs, outputs) and biases
 * (R, 1, outputs), so that its layers map (R, n, inputs) to (R, n, outputs), each replica by its own.
 *
 * @param replicas are disposed of
 * @throws {RangeError} for parameters that are not those of dense layers
 */
export function stackParameters(replicas: readonly NetworkParameters[]): NetworkParameters {
  const stacked = tf.tidy(() => replicas[0]!.map((layer, i) => layer.map(({rank, shape}, j) => {
    if (rank > 2) throw new RangeError(`parameters: expected weights and biases of dense layers, found a tensor of shape (${shape}) in layer ${i}`);
    const rows = replicas.map((parameters) => (rank === 1 ? tf.expandDims(parameters[i]![j]!, 0) : parameters[i]![j]!));
    return tf.stack(rows) as Tensor;
  })));
  tf.dispose(replicas.flat(2));
  return stacked;
}

/** The parameters of one of stacked replicas by itself; the caller disposes of them. */
export function replicaParameters(stacked: NetworkParameters, replica: number): NetworkParameters {
  return tf.tidy(() => stacked.map((layer) => layer.map((tensor, j) => {
    const [, ...shape] = tensor.shape;
    const own = tf.slice(tensor, [replica, 0, 0], [1, ...shape]);
    return tf.reshape(own, j === 0 ? shape : shape.slice(1));
  })));
}
