import assert from "node:assert/strict";
import {test} from "node:test";
import {convolutionLayer, disposeParameters, initialParameters, perceptron, replicaParameters, stackParameters, trainEpoch, trainReplicasEpoch} from "../../src/models/index.ts";
import type {NetworkParameters} from "../../src/models/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import {leakedTensors, testStream} from "./small-networks.ts";

const network = perceptron({inputs: 3, widths: [6, 4], activation: "tanh"});
const samples = {
  inputs: normals(testStream(7), 0, [11, 3], "inputs"),
  targets: normals(testStream(7), 0, [11, 1], "targets"),
};
const rule = {stepSize: 0.1, batchSize: 4};
const blocks = [0, 1, 2];
const starts = () => blocks.map((block) => initialParameters(network, testStream(block)));
const orders = () => blocks.map((block) => testStream(block).generator("order"));
const values = (parameters: NetworkParameters) => parameters.map((layer) => layer.map((tensor) => ({shape: tensor.shape, values: [...tensor.dataSync()]})));

function checkClose(found: NetworkParameters, expected: NetworkParameters, tolerance: number): void {
  const [a, b] = [values(found).flat(), values(expected).flat()];
  assert.deepEqual(a.map(({shape}) => shape), b.map(({shape}) => shape));
  a.forEach((tensor, i) => tensor.values.forEach((x, j) => assert.ok(Math.abs(x - b[i]!.values[j]!) <= tolerance, `parameter ${i}, entry ${j}: ${x} against ${b[i]!.values[j]}`)));
}

test("each of stacked replicas trains as it does alone, on its own order", () => {
  let single = starts();
  let stacked = stackParameters(starts());
  const [own, together] = [orders(), orders()];
  const leaked = leakedTensors(() => {
    for (let epoch = 0; epoch < 3; epoch++) {
      single = single.map((parameters, i) => trainEpoch(network, parameters, samples, rule, own[i]!));
      stacked = trainReplicasEpoch(network, stacked, samples, rule, together);
    }
  });
  assert.equal(leaked, 0);
  blocks.forEach((block) => {
    const found = replicaParameters(stacked, block);
    checkClose(found, single[block]!, 1e-5);
    disposeParameters(found);
  });
  const [first, second] = [values(single[0]!), values(single[1]!)];
  assert.notDeepEqual(first, second);
  [...single, stacked].forEach(disposeParameters);
});

test("stacking and taking apart gives back every bit and frees what it stacked", () => {
  const expected = starts();
  const leaked = leakedTensors(() => {
    const stacked = stackParameters(starts());
    assert.deepEqual(stacked[0]!.map(({shape}) => shape), [[3, 3, 6], [3, 1, 6]]);
    for (const block of blocks) {
      const found = replicaParameters(stacked, block);
      checkClose(found, expected[block]!, 0);
      disposeParameters(found);
    }
    disposeParameters(stacked);
  });
  assert.equal(leaked, 0);
  expected.forEach(disposeParameters);
});

test("a replica that overflows leaves the others as they are", () => {
  const [first, second] = starts();
  const infinite = first!.map((layer) => layer.map((tensor) => tf.fill(tensor.shape, Infinity)));
  const [, order] = orders();
  const expected = trainEpoch(network, second!, samples, rule, testStream(1).generator("order"));
  const stacked = trainReplicasEpoch(network, stackParameters([infinite, starts()[1]!]), samples, rule, [testStream(0).generator("order"), order!]);
  const found = replicaParameters(stacked, 1);
  checkClose(found, expected, 1e-5);
  [first!, expected, found, stacked].forEach(disposeParameters);
});

test("a batch larger than the set, and layers that do not stack, are refused", () => {
  const stacked = stackParameters(starts());
  assert.throws(() => trainReplicasEpoch(network, stacked, samples, {stepSize: 0.1, batchSize: 12}, orders()), {name: "RangeError", message: "batchSize: expected at most the 11 samples, found 12"});
  disposeParameters(stacked);
  const convolution = convolutionLayer({channels: 1, filters: 2, kernelSize: 3, padding: "same"}).initialParameters(testStream(), 0);
  assert.throws(() => stackParameters([[convolution]]), {name: "RangeError", message: "parameters: expected weights and biases of dense layers, found a tensor of shape (3,3,1,2) in layer 0"});
  disposeParameters([convolution]);
});
