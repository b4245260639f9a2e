import assert from "node:assert/strict";
import {test} from "node:test";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {convolutionalNetwork, hessianEigenvalues, hessianTrace, lossHessian, networkOutputs, perceptron, replicaParameters, squareLossGradient, stackParameters, trainedParameterCount, twoLayerNetwork} from "../../src/models/index.ts";
import type {Network, NetworkParameters} from "../../src/models/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import {leakedTensors, setUp, testStream} from "./small-networks.ts";

const image = {height: 4, width: 5, channels: 1} as const;
const networks: Readonly<Record<string, readonly [Network, number]>> = {
  "dense, tanh": [perceptron({inputs: 4, widths: [5, 3], activation: "tanh", outputs: 2}), 4],
  "dense, relu": [perceptron({inputs: 4, widths: [5, 3], activation: "relu", outputs: 2}), 4],
  "dense, tilted tanh": [perceptron({inputs: 4, widths: [6], activation: "tilted-tanh"}), 4],
  "linear": [perceptron({inputs: 4, widths: [], activation: "linear"}), 4],
  "frozen outputs": [twoLayerNetwork({inputs: 4, width: 6, activation: "tanh"}), 4],
  "convolution, maxima": [convolutionalNetwork({image, stages: [{filters: 2, kernelSize: 3, pooling: {kind: "max", size: 2}}, {filters: 3, kernelSize: 2}], activation: "tanh", outputs: 2}), 20],
  "convolution, averages": [convolutionalNetwork({image, stages: [{filters: 2, kernelSize: 2, padding: "valid", pooling: {kind: "average", size: 2}}], widths: [3], activation: "tanh"}), 20],
};

const numbers = (parameters: NetworkParameters) => parameters.flat().flatMap((tensor) => [...tensor.dataSync()]);

/** A direction that has the parameters' shapes, with nothing for a frozen layer. */
const directionOf = ({layers}: Network, parameters: NetworkParameters, block = 0): NetworkParameters =>
  parameters.map((layer, i) => (layers[i]!.parameterGradients === undefined ? [] : layer.map(({shape}, j) => normals(testStream(block), i, shape, `direction ${j}`))));

/** The explicit Hessian, column by column, symmetrised against rounding. */
function explicitHessian(network: Network, parameters: NetworkParameters, samples: {inputs: never; targets: never}): Matrix {
  const hessian = lossHessian(network, parameters, samples);
  const shapes = parameters.map((layer, i) => (network.layers[i]!.parameterGradients === undefined ? [] : layer.map(({shape, size}) => ({shape, size}))));
  const count = trainedParameterCount(network, parameters);
  const columns = Array.from({length: count}, (_, column) => tf.tidy(() => {
    let first = 0;
    const direction = shapes.map((layer) => layer.map(({shape, size}) => {
      const values = Float32Array.from({length: size}, (__, i) => (first + i === column ? 1 : 0));
      first += size;
      return tf.tensor(values, shape);
    }));
    return numbers(hessian.multiply(direction).product) as never;
  }) as unknown as number[]);
  hessian.dispose();
  return new Matrix(columns);
}

for (const [name, [network, inputs]] of Object.entries(networks)) {
  test(`a Hessian product is the central difference of the gradient: ${name}`, () => {
    const {parameters, inputs: points, targets, free} = setUp(network, [7, inputs]);
    const leaked = leakedTensors(() => tf.tidy(() => {
      const direction = directionOf(network, parameters);
      const step = 1e-3;
      const gradientAt = (sign: number) => numbers(squareLossGradient(network, parameters.map((layer, i) => layer.map((tensor, j) => (direction[i]![j] === undefined ? tensor : tf.add(tensor, tf.mul(direction[i]![j]!, sign * step))))), points, targets));
      const [ahead, behind] = [gradientAt(1), gradientAt(-1)];
      const hessian = lossHessian(network, parameters, {inputs: points, targets});
      const {product, outputTangent} = hessian.multiply(direction);
      const found = numbers(product);
      const scale = Math.max(...found.map(Math.abs));
      assert.equal(found.length, trainedParameterCount(network, parameters));
      found.forEach((value, i) => assert.ok(Math.abs(value - (ahead[i]! - behind[i]!) / (2 * step)) < 3e-3 * scale, `entry ${i}`));
      const outputsAt = (sign: number) => networkOutputs(network, parameters.map((layer, i) => layer.map((tensor, j) => (direction[i]![j] === undefined ? tensor : tf.add(tensor, tf.mul(direction[i]![j]!, sign * step))))), points).dataSync();
      const [far, near] = [outputsAt(1), outputsAt(-1)];
      outputTangent.dataSync().forEach((value, i) => assert.ok(Math.abs(value - (far[i]! - near[i]!) / (2 * step)) < 3e-3 * Math.max(1, Math.abs(value))));
      hessian.dispose();
    }));
    assert.equal(leaked, 0);
    free();
  });

  test(`trace and ends of the spectrum agree with the full symmetric Hessian: ${name}`, () => {
    const {parameters, inputs: points, targets, free} = setUp(network, [7, inputs]);
    const samples = {inputs: points, targets} as never as {inputs: never; targets: never};
    const full = explicitHessian(network, parameters, samples);
    const scale = full.max();
    assert.ok(Matrix.sub(full, full.transpose()).abs().max() < 1e-5 * scale);
    const eigenvalues = new EigenvalueDecomposition(Matrix.add(full, full.transpose()).mul(0.5), {assumeSymmetric: true}).realEigenvalues.toSorted((a, b) => a - b);
    const leaked = leakedTensors(() => {
      const hessian = lossHessian(network, parameters, samples);
      const {estimate, standardError, gaussNewton} = hessianTrace(network, parameters, points, hessian, {probes: 200, stream: testStream()});
      assert.ok(Math.abs(estimate - full.trace()) < 4 * standardError + 1e-5 * scale, `${estimate} ± ${standardError} against ${full.trace()}`);
      if (name === "dense, relu") assert.ok(Math.abs(full.trace() - gaussNewton) < 1e-5 * gaussNewton);
      const {largest, leastFound} = hessianEigenvalues(network, parameters, hessian, 1e-7);
      assert.ok(Math.abs(largest / eigenvalues.at(-1)! - 1) < 1e-3);
      assert.ok(leastFound >= eigenvalues[0]! - 1e-4 * eigenvalues.at(-1)! && leastFound <= largest);
      hessian.dispose();
    });
    assert.equal(leaked, 0);
    free();
  });
}

test("a linear model's Hessian is its Gauss–Newton part, and every probe says so", () => {
  const {network, parameters, inputs, targets, free} = setUp(networks["linear"]![0], [7, 4]);
  const hessian = lossHessian(network, parameters, {inputs, targets});
  const {estimate, standardError, gaussNewton} = hessianTrace(network, parameters, inputs, hessian, {probes: 5, stream: testStream()});
  const expected = (inputs.arraySync() as number[][]).reduce((sum, row) => sum + row.reduce((norm, x) => norm + x * x, 1) / 7, 0);
  assert.ok(Math.abs(gaussNewton / expected - 1) < 1e-5 && Math.abs(estimate / expected - 1) < 1e-5 && standardError < 1e-5 * expected);
  hessian.dispose();
  free();
});

test("stacked replicas have each their own Hessian", () => {
  const network = perceptron({inputs: 4, widths: [5], activation: "tanh"});
  const [first, second] = [0, 1].map(() => setUp(network, [6, 4]));
  const shifted = second!.parameters.map((layer) => layer.map((tensor) => tf.mul(tensor, 1.5)));
  const directions = [directionOf(network, first!.parameters, 1), directionOf(network, first!.parameters, 2)];
  const own = [first!.parameters, shifted].map((parameters, i) => {
    const hessian = lossHessian(network, parameters, first!);
    const found = numbers(hessian.multiply(directions[i]!).product);
    hessian.dispose();
    return found;
  });
  const stacked = stackParameters([first!.parameters, shifted]);
  const stackedDirection = stackParameters(directions);
  const inputs = tf.stack([first!.inputs, first!.inputs]), targets = tf.stack([first!.targets, first!.targets]);
  const {product} = lossHessian(network, stacked, {inputs, targets}).multiply(stackedDirection);
  own.forEach((expected, replica) => numbers(replicaParameters(product, replica)).forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-5)));
});

test("probes are the stream's: the same signs whatever the parameters, others on another stream", () => {
  const {network, parameters, inputs, targets, free} = setUp(networks["dense, tanh"]![0], [7, 4]);
  const hessian = lossHessian(network, parameters, {inputs, targets});
  const estimate = (block: number) => hessianTrace(network, parameters, inputs, hessian, {probes: 4, stream: testStream(block)}).estimate;
  assert.equal(estimate(0), estimate(0));
  assert.notEqual(estimate(0), estimate(1));
  assert.throws(() => hessianTrace(network, parameters, inputs, hessian, {probes: 1, stream: testStream()}), {name: "RangeError", message: "probes: expected an integer of at least 2, found 1"});
  hessian.dispose();
  free();
});
