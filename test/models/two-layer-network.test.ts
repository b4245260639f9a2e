import assert from "node:assert/strict";
import {test} from "node:test";
import {disposeParameters, gramMatrix, initialParameters, networkOutputs, squaredGradientNorms, trainedParameterCount, trainEpoch, twoLayerNetwork} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";
import {leakedTensors, setUp, testStream} from "./small-networks.ts";

const network = twoLayerNetwork({inputs: 4, width: 5, activation: "tilted-tanh"});
const matrix = (tensor: Tensor) => tensor.arraySync() as number[][];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

test("output and Gram matrix are those of the formula with fixed output weights", () => {
  const {parameters, inputs, free} = setUp(network, [6, 4]);
  const [b, a] = [matrix(parameters[0]![0]!), matrix(parameters[2]![0]!).flat()];
  const x = matrix(inputs);
  const units = x.map((sample) => a.map((_, j) => dot(sample, b.map((row) => row[j]!))));
  const slopes = units.map((z) => z.map((value, j) => a[j]! * (1.5 - Math.tanh(value) ** 2 / 2)));
  const [outputs, gram, norms] = [networkOutputs(network, parameters, inputs), gramMatrix(network, parameters, inputs), squaredGradientNorms(network, parameters, inputs)];
  matrix(outputs).forEach(([found], i) => assert.ok(Math.abs(found! - dot(a, units[i]!.map((z) => z + Math.tanh(z) / 2))) < 1e-5));
  matrix(gram).forEach((row, i) => row.forEach((found, j) => {
    const expected = dot(slopes[i]!, slopes[j]!) * dot(x[i]!, x[j]!);
    assert.ok(Math.abs(found - expected) < 1e-5 * (1 + Math.abs(expected)), `${i}, ${j}: ${found} against ${expected}`);
    if (i === j) assert.ok(Math.abs(norms.dataSync()[i]! - expected) < 1e-5 * (1 + expected));
  }));
  tf.dispose([outputs, gram, norms]);
  free();
});

test("training moves the first layer, keeps the fixed weights and leaks nothing", () => {
  const {parameters: given, inputs, targets, free} = setUp(network, [6, 4]);
  assert.equal(trainedParameterCount(network, given), 20);
  const copies = given.map((layer) => layer.map((tensor) => tf.clone(tensor)));
  const leaked = leakedTensors(() => {
    const parameters = trainEpoch(network, copies, {inputs, targets}, {stepSize: 0.1, batchSize: 2}, testStream().generator("order"));
    assert.deepEqual(matrix(parameters[2]![0]!), matrix(given[2]![0]!));
    assert.notDeepEqual(matrix(parameters[0]![0]!), matrix(given[0]![0]!));
    disposeParameters(parameters);
  });
  assert.equal(leaked, -2);
  free();
});

test("initial weights have variance 1/inputs and 1/width; sizes are checked", () => {
  const wide = twoLayerNetwork({inputs: 50, width: 2000, activation: "relu"});
  const parameters = initialParameters(wide, testStream());
  for (const [tensor, variance] of [[parameters[0]![0]!, 1 / 50], [parameters[2]![0]!, 1 / 2000]] as const) {
    const values = [...tensor.dataSync()];
    assert.ok(Math.abs(dot(values, values) / values.length / variance - 1) < 0.1);
  }
  disposeParameters(parameters);
  assert.throws(() => twoLayerNetwork({inputs: 4, width: 0, activation: "relu"}), {name: "RangeError", message: "width: expected a positive integer, found 0"});
});
