import assert from "node:assert/strict";
import {test} from "node:test";
import type {LabelledImages} from "../../../src/data-sets/index.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {initialParameters, lossHessian, networkOutputs, perceptron} from "../../../src/models/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {instabilityStep} from "../../../src/papers/parameter-averaging/network-curvature.ts";
import {networkInstability, networkTraining} from "../../../src/papers/parameter-averaging/index.ts";
import type {NetworkTrainingRow} from "../../../src/papers/parameter-averaging/index.ts";
import type {NetworkTrainingParameters} from "../../../src/papers/parameter-averaging/network-training-parameters.ts";
import {trainingSets} from "../../../src/papers/parameter-averaging/training-sets.ts";
import {createStream} from "../../../src/random/index.ts";
import {tf} from "../../../src/tensors/index.ts";
import {assertCells} from "../cells.ts";

const [height, width, count] = [4, 4, 60];
const pixels = createStream({seed: 8, experiment: "images", cell: "test", block: 0}).generator("pixels");
const labels = Uint8Array.from({length: count}, (_, i) => i % 10);
const images: LabelledImages = {count, height, width, maximumPixel: 16, labels, pixels: Uint8Array.from({length: count * height * width}, (_, i) => pixels.integer(9) + (i % 16 < labels[Math.floor(i / 16)]! ? 7 : 0))};

const small: NetworkTrainingParameters = {
  dataSet: "teacher",
  samples: 24,
  testSamples: 30,
  teacherInputs: 4,
  teacherWidth: 3,
  labelNoise: 0.1,
  network: {kind: "dense", widths: [6]},
  activation: "tanh",
  batchSize: 6,
  epochs: 8,
  recordEpochs: [4],
  seeds: 2,
  smallFraction: 0.05,
  largeFraction: 0.5,
  ascentRadius: 0.05,
  probes: 3
};
const stream = (cell: string, block: number) => createStream({seed: 9, experiment: "networks", cell, block});

async function run(changes: Partial<NetworkTrainingParameters> = {}, source = images): Promise<readonly NetworkTrainingRow[]> {
  const before = tf.memory().numTensors;
  const reports: [number, number][] = [];
  const [parameters, context] = [{...small, ...changes}, {stream, ensembles: ensemblesHere, images: () => source, progress: (...report: [number, number]) => void reports.push(report)}];
  const rows = await runExperiment(networkTraining, parameters, context, [await runExperiment(networkInstability, parameters, context)]);
  assert.equal(tf.memory().numTensors, before, "tensors are left behind");
  assert.ok(reports.length > 0 && reports.at(-1)![0] === reports.at(-1)![1]);
  return rows;
}

const find = (rows: readonly NetworkTrainingRow[], method: string, epoch: number, seed = 0) => rows.find((row) => row.method === method && row.epoch === epoch && row.seed === seed)!;

test("every method ends, averages once they have begun, and sharpness where it is compared", async () => {
  const rows = await run();
  const at = (epoch: number) => rows.filter((row) => row.epoch === epoch && row.seed === 1).map(({method}) => method).toSorted();
  assert.deepEqual(at(0), ["SAM", "large step", "large step, other order", "small step"]);
  assert.deepEqual(at(4), ["SAM", "average of all", "large step", "large step, other order", "small step"]);
  assert.deepEqual(at(8), ["SAM", "average of all", "average of last half", "average of last quarter", "large step", "large step, other order", "small step"]);
  const withSharpness = rows.filter(({sharpness, seed}) => sharpness !== null && seed === 0).map(({method, epoch}) => `${method} ${epoch}`).toSorted();
  assert.deepEqual(withSharpness, ["SAM 8", "average of last half 8", "large step 8", "small step 8"]);
  assert.deepEqual(rows.filter(({trace, method, seed}) => trace !== null && method === "large step" && seed === 0).map(({epoch}) => epoch), [0, 4, 8]);
  assert.ok(rows.every(({diverged, accuracy}) => !diverged && accuracy === null));
});

test("steps are their fractions of 2/(λ₁ + tr/(cB)) at the first seed's first weights, by the full Hessian", async () => {
  const rows = await run();
  const network = perceptron({inputs: 4, widths: [6], activation: "tanh"});
  const weights = initialParameters(network, stream("training", 0));
  const {training} = trainingSets(small, () => images, stream("data", 0));
  const inputs = tf.tensor2d(training.inputs, [24, 4]), targets = tf.tensor2d(training.targets, [24, 1]);
  const hessian = lossHessian(network, weights, {inputs, targets});
  const sizes = weights.flat().map(({size}) => size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let trace = 0;
  for (let entry = 0; entry < total; entry++) {
    const parts = tf.split(tf.oneHot(tf.tensor1d([entry], "int32"), total).toFloat().reshape([total]), sizes);
    let next = 0;
    const direction = weights.map((layer) => layer.map(({shape}) => tf.reshape(parts[next++]!, shape)));
    trace += tf.concat(hessian.multiply(direction).product.flat().map((tensor) => tf.reshape(tensor, [-1]))).dataSync()[entry]!;
  }
  const first = find(rows, "large step", 0);
  assert.ok(Math.abs(first.trace! - trace) < 4 * first.traceError! + 1e-3 * trace, `${first.trace} ± ${first.traceError} against ${trace}`);
  assert.ok(Math.abs(find(rows, "large step", 8).stepSize / find(rows, "small step", 8).stepSize - 10) < 1e-9);
  assert.ok(Math.abs(instabilityStep({trace: 60, sharpness: 4}, {batchSize: 5, outputs: 3}) - 0.25) < 1e-15);
});

test("losses are those of the network by hand, before training", async () => {
  const rows = await run();
  const network = perceptron({inputs: 4, widths: [6], activation: "tanh"});
  for (const seed of [0, 1]) {
    const weights = initialParameters(network, stream("training", seed));
    const {test: rest} = trainingSets(small, () => images, stream("data", seed));
    const outputs = networkOutputs(network, weights, tf.tensor2d(rest.inputs, [30, 4])).dataSync();
    const loss = rest.targets.reduce((sum, y, i) => sum + 0.5 * (outputs[i]! - y) ** 2, 0) / 30;
    for (const method of ["small step", "large step", "SAM"]) assert.ok(Math.abs(find(rows, method, 0, seed).testLoss! / loss - 1) < 1e-5);
  }
});

test("seeds are paired: more of them leave the first ones as they were but for rounding, and a method without its noise is another's twin", async () => {
  const [two, three] = [await run(), await run({seeds: 3})];
  for (const row of two) assert.ok(Math.abs(row.trainingLoss! / three.find((other) => other.seed === row.seed && other.method === row.method && other.epoch === row.epoch)!.trainingLoss! - 1) < 1e-4);
  const noAscent = await run({ascentRadius: 0});
  assert.ok(Math.abs(find(noAscent, "SAM", 8).testLoss! / find(noAscent, "large step", 8).testLoss! - 1) < 1e-5);
  assert.ok(Math.abs(find(noAscent, "large step, other order", 8).testLoss! / find(noAscent, "large step", 8).testLoss! - 1) > 1e-3);
  const whole = await run({batchSize: 24});
  assert.ok(Math.abs(find(whole, "large step, other order", 8).testLoss! / find(whole, "large step", 8).testLoss! - 1) < 1e-4, "gradient descent knows no order");
});

test("a step beyond stability is reported as diverged, with nothing else, and its averages too", async () => {
  const rows = await run({largeFraction: 10, activation: "linear", network: {kind: "dense", widths: []}, epochs: 40, recordEpochs: []});
  for (const method of ["large step", "SAM", "average of last half", "average of all"]) {
    const end = find(rows, method, 40);
    assert.deepEqual([end.diverged, end.trainingLoss, end.testLoss, end.trace], [true, null, null, null], method);
  }
  assert.equal(find(rows, "small step", 40).diverged, false);
});

test("images have ten outputs with an accuracy, for dense and convolutional networks", async () => {
  const digits = {dataSet: "digits", samples: 30, testSamples: 30, labelNoise: 0, activation: "relu", epochs: 4, recordEpochs: [] as number[]} as const;
  const dense = await run({...digits, epochs: 60});
  const [before, after] = [find(dense, "large step", 0), find(dense, "large step", 60)];
  assert.ok(after.trainingLoss! < 0.5 * before.trainingLoss! && after.accuracy! > before.accuracy!);
  const convolution = await run({...digits, network: {kind: "convolution", stages: [{filters: 2, kernelSize: 3, pooling: 2}]}});
  assert.ok(convolution.every(({accuracy}) => accuracy! >= 0 && accuracy! <= 1));
  assert.equal(new Set(convolution.map(({seed}) => seed)).size, 2);
  assert.deepEqual((["teacher", "mnist"] as const).map((dataSet) => networkTraining.cells({...small, dataSet})[0]!.imageSets), [[], ["mnist"]]);
});

test("a seed's images are split without overlap, centred and scaled by the training images alone", () => {
  const digits = {...small, dataSet: "digits", samples: 40, testSamples: 20} as const;
  const {training, test: rest, dimension, outputs} = trainingSets(digits, () => images, stream("data", 0));
  assert.deepEqual([dimension, outputs, training.count, rest.count], [16, 10, 40, 20]);
  const column = (values: Float32Array, pixel: number) => Array.from({length: values.length / 16}, (_, i) => values[i * 16 + pixel]!);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let pixel = 0; pixel < 16; pixel++) assert.ok(Math.abs(mean(column(training.inputs, pixel))) < 1e-5);
  assert.ok(Math.abs(mean([...training.inputs].map((x) => x * x)) - 1) < 1e-5);
  const all = [...Array.from({length: 40}, (_, i) => training.inputs.slice(16 * i, 16 * i + 16).join()), ...Array.from({length: 20}, (_, i) => rest.inputs.slice(16 * i, 16 * i + 16).join())];
  assert.equal(new Set(all).size, 60);
  assert.notDeepEqual(trainingSets(digits, () => images, stream("data", 1)).training.targets, training.targets);
  assert.throws(() => trainingSets({...digits, testSamples: 21}, () => images, stream("data", 0)), {name: "RangeError", message: "testSamples: expected at most 60 − samples = 20, found 21"});
  const blank = {...images, pixels: new Uint8Array(count * 16).fill(3)};
  assert.throws(() => trainingSets(digits, () => blank, stream("data", 0)), /samples: expected images that differ, found 40 equal ones/);
});

test("teacher labels have variance 1, and noise on those that are trained on alone", () => {
  const teacher = {...small, samples: 2000, testSamples: 2000, labelNoise: 0.5};
  const [clean, noisy] = [0, 0.5].map((labelNoise) => trainingSets({...teacher, labelNoise}, () => images, stream("data", 3)));
  assert.deepEqual(noisy!.test, clean!.test);
  const differences = [...noisy!.training.targets].map((y, i) => y - clean!.training.targets[i]!);
  assert.ok(Math.abs(Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0) / 2000) - 0.5) < 0.04);
  const all = [...clean!.training.targets, ...clean!.test.targets];
  assert.ok(Math.abs(all.reduce((sum, y) => sum + y * y, 0) / 4000 - 1) < 1e-5);
});

test("what does not fit together is refused by name, before any training", async () => {
  await assert.rejects(run({batchSize: 25}), {name: "RangeError", message: "batchSize: expected at most samples = 24, found 25"});
  await assert.rejects(run({recordEpochs: [4, 9]}), {name: "RangeError", message: "recordEpochs[1]: expected at most epochs = 8, found 9"});
  await assert.rejects(run({smallFraction: 0.5}), {name: "RangeError", message: "smallFraction: expected less than largeFraction = 0.5, found 0.5"});
  await assert.rejects(run({network: {kind: "convolution", stages: [{filters: 2, kernelSize: 3, pooling: 1}]}}), {message: 'network.kind: expected "dense" for teacher data, found "convolution"'});
});

test("a method reads its own step and radius, stacked seeds their number, and a seed by itself no other", () => {
  const methods = ["small step", "large step", "SAM", "large step, other order"];
  assertCells(networkTraining, small, [
    {change: {ascentRadius: 0.1}, affects: ["SAM"]},
    {change: {smallFraction: 0.06}, affects: ["small step"]},
    {change: {largeFraction: 0.6}, affects: ["large step", "SAM", "large step, other order"]},
    {change: {seeds: 3}, affects: methods},
    {change: {epochs: 9}, affects: methods}
  ]);
  const digits: NetworkTrainingParameters = {...small, dataSet: "digits", network: {kind: "convolution", stages: [{filters: 2, kernelSize: 3, pooling: 2}]}};
  assertCells(networkTraining, digits, [
    {change: {seeds: 3}, affects: /seed 2$/},
    {change: {ascentRadius: 0.1}, affects: /^SAM/},
    {change: {teacherInputs: 9, teacherWidth: 9, labelNoise: 1}, affects: []}
  ]);
  assertCells(networkInstability, small, [{change: {seeds: 3, epochs: 9, ascentRadius: 0.1, smallFraction: 0.06, largeFraction: 0.6, recordEpochs: []}, affects: []}, {change: {probes: 4}, affects: ["first weights"]}]);
});

test("a seed that trains by itself is the same in a longer list of seeds", async () => {
  const changes: Partial<NetworkTrainingParameters> = {dataSet: "digits", samples: 30, testSamples: 30, epochs: 4, recordEpochs: [], network: {kind: "convolution", stages: [{filters: 2, kernelSize: 3, pooling: 2}]}};
  assert.deepEqual((await run(changes)).filter(({seed}) => seed === 0), await run({...changes, seeds: 1}));
});
