import assert from "node:assert/strict";
import {test} from "node:test";
import {disposeParameters, perceptron, trainEpoch} from "../../src/models/index.ts";
import type {NetworkParameters} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import {leakedTensors, smallNetwork, testStream} from "./small-networks.ts";

const inputs = [0.5, -1, 2, 1.5, -0.25, 3, -2];
const targets = [1, 0, -1, 2, 0.5, -2, 1];
const rule = {stepSize: 0.05, batchSize: 3};

/** Linear regression y = w x + b by the same rule in float64. */
function reference(order: readonly number[], [weight, bias]: readonly [number, number]): readonly [number, number] {
  let [w, b] = [weight, bias];
  for (let start = 0; start + rule.batchSize <= order.length; start += rule.batchSize) {
    const batch = order.slice(start, start + rule.batchSize).map((i) => ({x: inputs[i]!, r: w * inputs[i]! + b - targets[i]!}));
    const step = rule.stepSize / rule.batchSize;
    [w, b] = [w - step * batch.reduce((sum, {x, r}) => sum + r * x, 0), b - step * batch.reduce((sum, {r}) => sum + r, 0)];
  }
  return [w, b];
}

test("two epochs follow the recursion of SGD on the stream's shuffles, the remainder sitting out", () => {
  const samples = {inputs: tf.tensor2d(inputs, [7, 1]), targets: tf.tensor2d(targets, [7, 1])};
  const network = perceptron({inputs: 1, widths: [], activation: "linear"});
  const orders = testStream().generator("order");
  const generator = testStream().generator("order");
  let expected = [0.3, -0.2] as readonly [number, number];
  let parameters: NetworkParameters = [[tf.tensor2d([0.3], [1, 1]), tf.tensor1d([-0.2])]];
  const leaked = leakedTensors(() => {
    for (const epoch of [1, 2]) {
      expected = reference(orders.shuffle(Array(7).keys()), expected);
      parameters = trainEpoch(network, parameters, samples, rule, generator);
      const found = parameters[0]!.map((tensor) => tensor.dataSync()[0]!);
      found.forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 1e-6, `epoch ${epoch}: ${found} against ${expected}`));
    }
  });
  assert.equal(leaked, 0);
  tf.dispose([samples.inputs, samples.targets, ...parameters.flat()]);
});

test("a batch of the whole set is gradient descent, whatever the order", () => {
  const {network, parameters, inputs, targets, free} = smallNetwork("tanh");
  const trained = [0, 1].map((block) => {
    const copy = parameters.map((layer) => layer.map((tensor) => tensor.clone()));
    return trainEpoch(network, copy, {inputs, targets}, {stepSize: 0.1, batchSize: 7}, testStream(block).generator("order"));
  });
  const [a, b] = trained.map((found) => found.flat().flatMap((tensor) => [...tensor.dataSync()]));
  assert.ok(a!.every((x, i) => Math.abs(x - b![i]!) < 1e-6));
  trained.forEach(disposeParameters);
  free();
});

test("a batch larger than the set is refused", () => {
  const {network, parameters, inputs, targets, free} = smallNetwork("relu");
  assert.throws(() => trainEpoch(network, parameters, {inputs, targets}, {stepSize: 0.1, batchSize: 8}, testStream().generator("order")), {
    name: "RangeError",
    message: "batchSize: expected at most the 7 samples, found 8",
  });
  free();
});
