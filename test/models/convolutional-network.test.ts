import assert from "node:assert/strict";
import {test} from "node:test";
import {productsByPositionsAreCheaper, productsOfGradients, productsOverPositions} from "../../src/models/convolution-layer.ts";
import {gramTile, traceRange} from "../../src/models/gram-tiles.ts";
import {
  convolutionalNetwork, disposeParameters, gradientNoise, gramMatrix, initialParameters, parameterCount, squaredGradientNorms, squareLossGradient, trainEpoch,
} from "../../src/models/index.ts";
import type {ConvolutionStage} from "../../src/models/index.ts";
import {createStream} from "../../src/random/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor, Tensor3D} from "../../src/tensors/index.ts";
import {explicitGradients, innerProducts, largestDifference, leakedTensors, setUp, testStream} from "./small-networks.ts";

const image = {height: 5, width: 6, channels: 2} as const;
const stagesOf = {
  "same padding, maxima": [{filters: 3, kernelSize: 3, pooling: {kind: "max", size: 2}}, {filters: 4, kernelSize: 2}],
  "valid padding, averages": [{filters: 4, kernelSize: 2, padding: "valid", pooling: {kind: "average", size: 2}}, {filters: 2, kernelSize: 2, padding: "valid"}],
} as const satisfies Record<string, readonly ConvolutionStage[]>;

const rows = (matrix: Tensor) => matrix.arraySync() as number[][];
const diagonal = (matrix: readonly number[][]) => matrix.map((row, i) => row[i]!);

for (const [name, stages] of Object.entries(stagesOf)) {
  for (const activation of ["tanh", "relu"] as const) {
    const network = convolutionalNetwork({image, stages, widths: [5], activation, outputs: 2});

    test(`products of convolutions agree with explicit per-sample gradients: ${name}, ${activation}`, () => {
      const {parameters, inputs, free} = setUp(network, [6, 60]);
      const gradients = [0, 1].map((output) => explicitGradients(network, parameters, inputs, output));
      const expected = innerProducts(gradients[1]!, gradients[1]!);
      const scale = Math.max(...diagonal(expected));
      const leaked = leakedTensors(() => {
        const gram = gramMatrix(network, parameters, inputs, 1);
        const norms = squaredGradientNorms(network, parameters, inputs, 1);
        assert.ok(largestDifference(rows(gram), expected) < 1e-5 * scale);
        assert.ok(largestDifference([[...norms.dataSync()]], [diagonal(expected)]) < 1e-5 * scale);
        const left = traceRange(network, parameters, inputs, [0, 1], {first: 0, count: 4});
        const right = traceRange(network, parameters, inputs, [0, 1], {first: 3, count: 3});
        const tile = gramTile(network, left, right);
        const interleaved = Array.from({length: 12}, (_, i) => gradients[i % 2]![Math.floor(i / 2)]!);
        assert.ok(largestDifference(rows(tile), innerProducts(interleaved.slice(0, 8), interleaved.slice(6))) < 1e-5 * scale);
        tf.dispose([gram, norms, tile, left, right] as unknown as Tensor[]);
      });
      assert.equal(leaked, 0);
      free();
    });

    test(`backpropagation through convolutions agrees with tfjs' differentiation: ${name}, ${activation}`, () => {
      const {parameters, inputs, targets, free} = setUp(network, [6, 60]);
      const explicit = [0, 1].map((output) => explicitGradients(network, parameters, inputs, output));
      tf.tidy(() => {
        const found = squareLossGradient(network, parameters, inputs, targets).flat().flatMap((tensor) => [...tensor.dataSync()]);
        const outputs = network.layers.reduce((values, layer, i) => layer.forward(parameters[i]!, values), inputs);
        const residuals = rows(tf.sub(outputs, targets));
        const expected = found.map((_, p) => residuals.reduce((sum, row, i) => sum + row.reduce((part, r, c) => part + (r * explicit[c]![i]![p]!) / 6, 0), 0));
        assert.equal(found.length, explicit[0]![0]!.length);
        assert.ok(largestDifference([found], [expected]) < 1e-5 * Math.max(...expected.map(Math.abs)));
      });
      free();
    });
  }
}

test("images and their rows of numbers are the same samples", () => {
  const network = convolutionalNetwork({image, stages: stagesOf["same padding, maxima"], activation: "tanh"});
  const {parameters, inputs, free} = setUp(network, [4, 60]);
  const images = tf.reshape(inputs, [4, 5, 6, 2]);
  const [fromRows, fromImages] = [inputs, images].map((given) => gramMatrix(network, parameters, given));
  assert.deepEqual(rows(fromImages!), rows(fromRows!));
  tf.dispose([images, fromRows!, fromImages!]);
  free();
});

test("both ways to multiply agree with the sum over all pairs of positions, also a filter at a time", () => {
  const trace = (samples: number, purpose: string) => ({
    input: normals(testStream(), 0, [samples, 4, 5], `${purpose} patches`) as Tensor3D,
    outputGradient: normals(testStream(), 0, [samples * 2, 4, 3], `${purpose} gradients`) as Tensor3D,
    scalars: 2,
  });
  const [left, right] = [trace(3, "left"), trace(4, "right")];
  const [p, d] = [left.input.arraySync(), left.outputGradient.arraySync()], [q, e] = [right.input.arraySync(), right.outputGradient.arraySync()];
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const expected = d.map((gradients, i) => e.map((others, j) =>
    gradients.reduce((sum, a, t) => sum + others.reduce((part, b, s) => part + dot(a, b) * dot(p[i >> 1]![t]!, q[j >> 1]![s]!), 0), 0)));
  for (const products of [productsOverPositions, productsOfGradients, (...traces: [typeof left, typeof right]) => productsOfGradients(...traces, 1)]) {
    const found = products(left, right);
    assert.ok(largestDifference(rows(found), expected) < 1e-4);
    found.dispose();
  }
  tf.dispose([left.input, left.outputGradient, right.input, right.outputGradient]);
});

test("few positions with many filters are multiplied by positions, many positions by gradients", () => {
  const sized = (positions: number, entries: number, filters: number) => ({input: tf.zeros([50, positions, entries]) as Tensor3D, outputGradient: tf.zeros([50, positions, filters]) as Tensor3D, scalars: 1});
  tf.tidy(() => {
    const [few, many] = [sized(4, 289, 64), sized(64, 10, 16)];
    assert.equal(productsByPositionsAreCheaper(few, few), true);
    assert.equal(productsByPositionsAreCheaper(many, many), false);
  });
});

test("SGD on a convolutional network lowers the loss of every seed", () => {
  const network = convolutionalNetwork({image: {height: 6, width: 6, channels: 1}, stages: [{filters: 4, kernelSize: 3, pooling: {kind: "max", size: 2}}], activation: "relu"});
  const inputs = normals(testStream(), 0, [60, 36], "images");
  const targets = tf.tidy(() => tf.sign(tf.sum(tf.slice(inputs, [0, 0], [60, 18]), 1, true)));
  for (const block of [0, 1, 2]) {
    const stream = createStream({seed: 3, experiment: "models", cell: "convolution", block});
    let parameters = initialParameters(network, stream);
    const before = gradientNoise(network, parameters, {inputs, targets}).loss;
    const generator = stream.generator("order");
    for (let epoch = 0; epoch < 30; epoch++) parameters = trainEpoch(network, parameters, {inputs, targets}, {stepSize: 0.05, batchSize: 10}, generator);
    assert.ok(gradientNoise(network, parameters, {inputs, targets}).loss < before / 2);
    disposeParameters(parameters);
  }
  tf.dispose([inputs, targets]);
});

test("initial kernels fill Glorot's interval of a convolution, and parameters are counted", () => {
  const network = convolutionalNetwork({image: {height: 8, width: 8, channels: 1}, stages: [{filters: 64, kernelSize: 3, padding: "valid", pooling: {kind: "max", size: 2}}], activation: "relu"});
  const parameters = initialParameters(network, testStream());
  assert.equal(parameterCount(parameters), 9 * 64 + 64 + 3 * 3 * 64 + 1);
  const limit = Math.sqrt(6 / (9 * 65)), weights = [...parameters[1]![0]!.dataSync()];
  assert.ok(Math.max(...weights) <= limit && Math.max(...weights) > 0.98 * limit && Math.min(...weights) >= -limit && Math.min(...weights) < -0.98 * limit);
  disposeParameters(parameters);
});

test("sizes that do not fit are refused by name", () => {
  const network = (stage: ConvolutionStage, more = {}) => () => convolutionalNetwork({image, stages: [stage], activation: "relu", ...more});
  const refused = (message: string) => ({name: "RangeError", message});
  assert.throws(network({filters: 0, kernelSize: 3}), refused("stages[0].filters: expected a positive integer, found 0"));
  assert.throws(network({filters: 2, kernelSize: 6}), refused("stages[0].kernelSize: expected at most the 5 × 6 image, found 6"));
  assert.throws(network({filters: 2, kernelSize: 3, padding: "valid", pooling: {kind: "max", size: 4}}), refused("stages[0].pooling.size: expected at most the 3 × 4 image, found 4"));
  assert.throws(network({filters: 2, kernelSize: 3}, {widths: [2.5]}), refused("widths[0]: expected a positive integer, found 2.5"));
  assert.throws(network({filters: 2, kernelSize: 3}, {image: {...image, channels: 0}}), refused("image.channels: expected a positive integer, found 0"));
});
