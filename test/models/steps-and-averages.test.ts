import assert from "node:assert/strict";
import {test} from "node:test";
import {combinedAverage, disposeParameters, initialParameters, parameterAverage, perceptron, replicaParameters, samStep, sgdStep, squareLossGradient, stackParameters, trainEpoch, trainReplicasEpoch, twoLayerNetwork} from "../../src/models/index.ts";
import type {NetworkParameters, Samples} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";
import {leakedTensors, setUp, testStream} from "./small-networks.ts";

const network = perceptron({inputs: 4, widths: [5], activation: "tanh"});
const copyOf = (parameters: NetworkParameters) => parameters.map((layer) => layer.map((tensor) => tensor.clone()));
const numbers = (parameters: NetworkParameters) => parameters.flat().flatMap((tensor) => [...tensor.dataSync()]);
const order = (block = 0) => testStream(block).generator("order");

function checkClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) <= tolerance, `entry ${i}: ${value} against ${expected[i]}`));
}

test("the step of SAM descends by the gradient at ρ along the normalised gradient", () => {
  const {parameters, inputs, targets, free} = setUp(network, [6, 4]);
  const [radius, stepSize] = [0.3, 0.2];
  const before = numbers(parameters);
  const leaked = leakedTensors(() => {
    const expected = tf.tidy(() => {
      const gradient = squareLossGradient(network, parameters, inputs, targets);
      const norm = Math.hypot(...numbers(gradient));
      const ascended = parameters.map((layer, i) => layer.map((tensor, j) => tf.add(tensor, tf.mul(gradient[i]![j]!, radius / norm))));
      return numbers(squareLossGradient(network, ascended, inputs, targets)).map((slope, i) => before[i]! - stepSize * slope) as never;
    }) as unknown as number[];
    const found = samStep(radius)(network, copyOf(parameters), {inputs, targets}, stepSize);
    checkClose(numbers(found), expected, 1e-6);
    const plain = sgdStep(network, copyOf(parameters), {inputs, targets}, stepSize);
    assert.ok(numbers(plain).some((value, i) => Math.abs(value - expected[i]!) > 1e-3));
    const noAscent = samStep(0)(network, copyOf(parameters), {inputs, targets}, stepSize);
    checkClose(numbers(noAscent), numbers(plain), 1e-7);
    [found, plain, noAscent].forEach(disposeParameters);
  });
  assert.equal(leaked, 0);
  free();
});

test("stacked replicas ascend by their own norms, a frozen layer stays, and a gradient of 0 moves nothing", () => {
  const {parameters, inputs, targets, free} = setUp(network, [6, 4]);
  const other = parameters.map((layer) => layer.map((tensor) => tf.mul(tensor, -2)));
  const step = samStep(0.5);
  const own = [parameters, other].map((start) => step(network, copyOf(start), {inputs, targets}, 0.1));
  const batch: Samples = {inputs: tf.stack([inputs, inputs]), targets: tf.stack([targets, targets])};
  const stacked = step(network, stackParameters([copyOf(parameters), copyOf(other)]), batch, 0.1);
  own.forEach((expected, replica) => checkClose(numbers(replicaParameters(stacked, replica)), numbers(expected), 1e-6));
  const frozen = twoLayerNetwork({inputs: 4, width: 3, activation: "relu"});
  const start = initialParameters(frozen, testStream());
  const moved = step(frozen, copyOf(start), {inputs, targets}, 0.1);
  checkClose([...moved[2]![0]!.dataSync()], [...start[2]![0]!.dataSync()], 0);
  const zero = copyOf(start).map((layer) => layer.map((tensor) => tf.zerosLike(tensor)));
  checkClose(numbers(step(frozen, copyOf(zero), {inputs, targets: tf.zerosLike(targets)}, 0.1)), numbers(zero), 0);
  assert.throws(() => samStep(-0.1), {name: "RangeError", message: "radius: expected a finite number of at least 0, found -0.1"});
  assert.throws(() => samStep(NaN), /found NaN/);
  free();
});

test("an epoch takes the step it is given and shows the parameters after each", () => {
  const {parameters, inputs, targets, free} = setUp(network, [7, 4]);
  const seen: number[][] = [];
  const rule = {stepSize: 0.1, batchSize: 3, afterStep: (current: NetworkParameters) => void seen.push(numbers(current))};
  const plain = trainEpoch(network, copyOf(parameters), {inputs, targets}, rule, order());
  const ascending = trainEpoch(network, copyOf(parameters), {inputs, targets}, {...rule, step: samStep(0.5)}, order());
  const none = trainEpoch(network, copyOf(parameters), {inputs, targets}, {...rule, step: samStep(0)}, order());
  assert.equal(seen.length, 6);
  assert.deepEqual([seen[1], seen[3], seen[5]], [plain, ascending, none].map(numbers));
  checkClose(seen[5]!, seen[1]!, 1e-6);
  assert.ok(seen[3]!.some((value, i) => Math.abs(value - seen[1]![i]!) > 1e-4));
  [plain, ascending, none].forEach(disposeParameters);
  free();
});

test("replicas with samples of their own train as each does alone, by SGD and by SAM", () => {
  const sets = [1, 2].map((block) => ({inputs: tf.mul(setUp(network, [9, 4]).inputs, block), targets: tf.mul(setUp(network, [9, 4]).targets, 1 / block)}));
  const starts = () => [1, 2].map((block) => initialParameters(network, testStream(block)));
  for (const step of [sgdStep, samStep(0.2)]) {
    const rule = {stepSize: 0.1, batchSize: 4, step};
    const own = starts().map((start, i) => trainEpoch(network, start, sets[i]!, rule, order(i)));
    const samples = {inputs: tf.stack(sets.map(({inputs}) => inputs)), targets: tf.stack(sets.map(({targets}) => targets))};
    const stacked = trainReplicasEpoch(network, stackParameters(starts()), samples, rule, [order(0), order(1)]);
    own.forEach((expected, replica) => checkClose(numbers(replicaParameters(stacked, replica)), numbers(expected), 1e-5));
    assert.ok(numbers(own[0]!).some((value, i) => Math.abs(value - numbers(own[1]!)[i]!) > 1e-2));
    assert.throws(() => trainReplicasEpoch(network, stacked, samples, {...rule, batchSize: 10}, [order(0), order(1)]), {message: "batchSize: expected at most the 9 samples, found 10"});
  }
});

test("running means are those of all iterates in float64, and of tails when segments are combined", () => {
  const iterates = Array.from({length: 40}, (_, t) => [3, 4].map((length) => Array.from({length}, (__, i) => Math.sin(7 * t + i) + 5)));
  const parametersAt = (t: number): NetworkParameters => [iterates[t]!.map((values) => tf.tensor1d(values) as Tensor), []];
  const meanSince = (start: number) => iterates[0]!.flatMap((values, layer) => values.map((_, i) => iterates.slice(start).reduce((sum, at) => sum + at[layer]![i]!, 0) / (40 - start)));
  const leaked = leakedTensors(() => {
    const segments = [parameterAverage(), parameterAverage(), parameterAverage()];
    const before = tf.memory().numTensors;
    for (let t = 0; t < 40; t++) {
      const parameters = parametersAt(t);
      segments[t < 20 ? 0 : t < 30 ? 1 : 2]!.add(parameters);
      disposeParameters(parameters);
      assert.ok(tf.memory().numTensors - before <= 6);
    }
    assert.deepEqual(segments.map((segment) => segment.count()), [20, 10, 10]);
    [0, 20, 30].forEach((start, i) => {
      const mean = combinedAverage(segments.slice(i));
      checkClose(numbers(mean), meanSince(start), 2e-6);
      disposeParameters(mean);
    });
    const own = segments[2]!.mean();
    checkClose(numbers(own), meanSince(30), 2e-6);
    disposeParameters(own);
    segments.forEach((segment) => segment.dispose());
  });
  assert.equal(leaked, 0);
});

test("a mean of no iterates is refused", () => {
  assert.throws(() => parameterAverage().mean(), {name: "RangeError", message: "parameter average: expected at least one iterate, found none"});
  assert.throws(() => combinedAverage([parameterAverage()]), {name: "RangeError", message: "parameter average: expected at least one iterate, found none"});
});
