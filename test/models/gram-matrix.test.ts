import assert from "node:assert/strict";
import {test} from "node:test";
import {activationLayer} from "../../src/models/activation-layer.ts";
import {activations, denseLayer, gramBlock, gramMatrix, initialParameters, squaredGradientNorms} from "../../src/models/index.ts";
import type {Layer, LayerTrace, Network} from "../../src/models/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor, Tensor2D} from "../../src/tensors/index.ts";
import {explicitGradients, innerProducts, largestDifference, leakedTensors, smallNetwork, testStream} from "./small-networks.ts";

const rows = (matrix: Tensor) => matrix.arraySync() as number[][];
const diagonal = (matrix: readonly number[][]) => matrix.map((row, i) => row[i]!);

for (const activation of activations) {
  test(`per-layer products agree with explicit per-sample gradients: ${activation}`, () => {
    const {network, parameters, inputs, free} = smallNetwork(activation);
    const gradients = explicitGradients(network, parameters, inputs);
    const expected = innerProducts(gradients, gradients);
    const scale = Math.max(...diagonal(expected));
    const leaked = leakedTensors(() => {
      const gram = gramMatrix(network, parameters, inputs);
      const norms = squaredGradientNorms(network, parameters, inputs);
      assert.ok(largestDifference(rows(gram), expected) < 1e-5 * scale);
      assert.ok(largestDifference([[...norms.dataSync()]], [diagonal(expected)]) < 1e-5 * scale);
      tf.dispose([gram, norms]);
    });
    assert.equal(leaked, 0);
    free();
  });
}

test("blocks of a network with three outputs, on and off the diagonal", () => {
  const {network, parameters, inputs, free} = smallNetwork("tanh", {outputs: 3});
  const gradients = [0, 1, 2].map((output) => explicitGradients(network, parameters, inputs, output));
  for (const [left, right] of [[0, 0], [2, 2], [0, 2], [2, 1]] as const) {
    const block = gramBlock(network, parameters, inputs, {left, right});
    assert.ok(largestDifference(rows(block), innerProducts(gradients[left]!, gradients[right]!)) < 1e-5 * 20);
    block.dispose();
  }
  assert.throws(() => gramMatrix(network, parameters, inputs, 3), {name: "RangeError", message: "output: expected an integer from 0 to 2, found 3"});
  free();
});

test("a linear model has the Gram matrix X Xᵀ + 1, whatever its weights", () => {
  const {network, parameters, inputs, free} = smallNetwork("linear", {widths: []});
  const gram = gramMatrix(network, parameters, inputs);
  const expected = innerProducts(rows(inputs), rows(inputs)).map((row) => row.map((x) => x + 1));
  assert.ok(largestDifference(rows(gram), expected) < 1e-5);
  gram.dispose();
  free();
});

/** A 2 × 2 convolution of 4 × 4 images with one channel, as a layer from outside the room would be written. */
function convolutionLayer(filters: number): Layer {
  const patches = (input: Tensor) => {
    const images = tf.reshape(input, [-1, 4, 4]);
    const shifted = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([i, j]) => tf.reshape(tf.slice(images, [0, i!, j!], [-1, 3, 3]), [-1, 9]));
    return tf.stack(shifted, 2);
  };
  const kernelGradients = ({input, outputGradient}: LayerTrace) =>
    tf.reshape(tf.matMul(patches(input), tf.reshape(outputGradient, [-1, 9, filters]), true, false), [-1, 4 * filters]) as Tensor2D;
  return {
    initialParameters: (stream, position) => [normals(stream, position, [4, filters], "kernel")],
    forward: ([kernel], input) => tf.reshape(tf.matMul(tf.reshape(patches(input), [-1, 4]), kernel as Tensor2D), [-1, 9 * filters]),
    inputGradient: () => assert.fail("the first layer is never asked"),
    forwardTangent: () => assert.fail("no second derivatives are asked for"),
    inputGradientTangent: () => assert.fail("no second derivatives are asked for"),
    parameterGradients: {
      sumTangent: () => assert.fail("no second derivatives are asked for"),
      sum: (trace) => [tf.reshape(tf.sum(kernelGradients(trace), 0), [4, filters])],
      products: (left, right) => tf.matMul(kernelGradients(left), kernelGradients(right), false, true),
      squaredNorms: (trace) => tf.sum(tf.square(kernelGradients(trace)), 1),
    },
  };
}

test("a convolutional layer joins through the same interface", () => {
  const network: Network = {layers: [convolutionLayer(3), activationLayer("tanh"), denseLayer(27, 1)], outputs: 1};
  const parameters = initialParameters(network, testStream());
  const images = normals(testStream(), 0, [6, 16], "images");
  const gradients = explicitGradients(network, parameters, images);
  const expected = innerProducts(gradients, gradients);
  const gram = gramMatrix(network, parameters, images);
  assert.ok(largestDifference(rows(gram), expected) < 1e-5 * Math.max(...diagonal(expected)));
  tf.dispose([gram, images, ...parameters.flat()]);
});
