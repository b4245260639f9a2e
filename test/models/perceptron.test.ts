import assert from "node:assert/strict";
import {test} from "node:test";
import {activations, disposeParameters, initialParameters, networkOutputs, parameterCount, perceptron} from "../../src/models/index.ts";
import type {Activation} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import {leakedTensors, smallNetwork, testStream} from "./small-networks.ts";

const scalarActivations: Readonly<Record<Activation, (z: number) => number>> = {relu: (z) => Math.max(z, 0), tanh: Math.tanh, "tilted-tanh": (z) => z + Math.tanh(z) / 2, linear: (z) => z};

for (const activation of activations) {
  test(`a ${activation} network with two outputs agrees with its formula in float64`, () => {
    const {network, parameters, inputs, free} = smallNetwork(activation, {outputs: 2});
    const dense = parameters.filter((layer) => layer.length > 0).map((layer) => layer.map((tensor) => tensor.arraySync())) as [number[][], number[]][];
    const expected = (inputs.arraySync() as number[][]).map((sample) =>
      dense.reduce((values, [weights, bias], i) => {
        const mapped = bias.map((b, k) => values.reduce((sum, x, j) => sum + x * weights[j]![k]!, b));
        return i < dense.length - 1 ? mapped.map(scalarActivations[activation]) : mapped;
      }, sample));
    const outputs = networkOutputs(network, parameters, inputs);
    (outputs.arraySync() as number[][]).forEach((row, i) => row.forEach((x, j) => assert.ok(Math.abs(x - expected[i]![j]!) < 1e-5)));
    outputs.dispose();
    free();
  });
}

test("initial weights fill Glorot's interval evenly, biases are zero, and both follow from the stream", () => {
  const network = perceptron({inputs: 200, widths: [100], activation: "relu"});
  const leaked = leakedTensors(() => {
    const [first, again, other] = [testStream(), testStream(), testStream(1)].map((stream) => initialParameters(network, stream));
    assert.equal(parameterCount(first!), 200 * 100 + 100 + 100 + 1);
    const [weights, bias] = first![0]!.map((tensor) => [...tensor.dataSync()]);
    const limit = Math.sqrt(6 / 300);
    assert.ok(Math.max(...weights!) <= limit && Math.max(...weights!) > 0.999 * limit);
    assert.ok(Math.min(...weights!) >= -limit && Math.min(...weights!) < -0.999 * limit);
    const variance = weights!.reduce((sum, w) => sum + w * w, 0) / weights!.length;
    assert.ok(Math.abs(variance / (2 / 300) - 1) < 0.03);
    assert.ok(bias!.every((b) => b === 0));
    assert.deepEqual([...again![0]![0]!.dataSync()], weights);
    assert.notDeepEqual([...other![0]![0]!.dataSync()], weights);
    for (const parameters of [first, again, other]) disposeParameters(parameters!);
  });
  assert.equal(leaked, 0);
});

test("layers of one shape start from different weights", () => {
  const parameters = initialParameters(perceptron({inputs: 3, widths: [3, 3], activation: "relu"}), testStream());
  assert.notDeepEqual([...parameters[0]![0]!.dataSync()], [...parameters[2]![0]!.dataSync()]);
  disposeParameters(parameters);
});

test("sizes that are not positive integers are refused by name", () => {
  const shape = {inputs: 3, widths: [4, 5], activation: "relu"} as const;
  assert.throws(() => perceptron({...shape, widths: [4, 0]}), {name: "RangeError", message: "widths[1]: expected a positive integer, found 0"});
  assert.throws(() => perceptron({...shape, inputs: 1.5}), {name: "RangeError", message: "inputs: expected a positive integer, found 1.5"});
  assert.throws(() => perceptron({...shape, outputs: NaN}), {name: "RangeError", message: "outputs: expected a positive integer, found NaN"});
});

test("a forward pass leaves no tensor but its outputs", () => {
  const {network, parameters, inputs, free} = smallNetwork("tanh");
  assert.equal(leakedTensors(() => tf.dispose(networkOutputs(network, parameters, inputs))), 0);
  free();
});
