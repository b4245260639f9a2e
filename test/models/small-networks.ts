import {disposeParameters, initialParameters, networkOutputs, perceptron} from "../../src/models/index.ts";
import type {Activation, Network, NetworkParameters} from "../../src/models/index.ts";
import {createStream} from "../../src/random/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";

export const testStream = (block = 0) => createStream({seed: 5, experiment: "models", cell: "test", block});

/** A small network with biases that are not zero, random inputs (samples, 4) and targets (samples, outputs). */
export function smallNetwork(activation: Activation, {samples = 7, widths = [5, 3], outputs = 1} = {}) {
  return setUp(perceptron({inputs: 4, widths, activation, outputs}), [samples, 4]);
}

/** The same of any network, for inputs of any shape. */
export function setUp(network: Network, [samples, ...shape]: readonly [number, ...number[]]) {
  const initial = initialParameters(network, testStream());
  const parameters = initial.map((layer, i) => layer.map((tensor, j) => tf.tidy(() => tf.add(tensor, tf.mul(normals(testStream(), i, tensor.shape, `shift ${j}`), 0.3)))));
  disposeParameters(initial);
  const inputs = normals(testStream(), 0, [samples, ...shape], "inputs");
  const targets = normals(testStream(), 0, [samples, network.outputs], "targets");
  return {network, parameters, inputs, targets, free: () => tf.dispose([...parameters.flat(), inputs, targets])};
}

/** The gradient of each sample's output by tfjs' own differentiation, one row of numbers for each sample. */
export function explicitGradients(network: Network, parameters: NetworkParameters, inputs: Tensor, output = 0): number[][] {
  const shape = parameters.map((layer) => layer.length);
  return Array.from({length: inputs.shape[0]!}, (_, sample) => tf.tidy(() => {
    const one = tf.slice(inputs, [sample], [1]);
    const value = (...flat: Tensor[]) => {
      const queue = [...flat];
      const nested = shape.map((length) => queue.splice(0, length));
      return tf.sum(tf.slice(networkOutputs(network, nested, one), [0, output], [1, 1]));
    };
    return tf.grads(value)(parameters.flat() as Tensor[]).flatMap((gradient) => [...gradient.dataSync()]);
  }) as unknown as number[]);
}

export const innerProducts = (left: readonly number[][], right: readonly number[][]) =>
  left.map((a) => right.map((b) => a.reduce((sum, x, i) => sum + x * b[i]!, 0)));

export function largestDifference(found: readonly number[][], expected: readonly number[][]): number {
  return Math.max(...expected.flatMap((row, i) => row.map((x, j) => Math.abs(found[i]![j]! - x))));
}

/** Runs `use` and tells how many tensors it left behind. */
export function leakedTensors(use: () => void): number {
  const before = tf.memory().numTensors;
  use();
  return tf.memory().numTensors - before;
}
