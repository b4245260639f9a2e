import assert from "node:assert/strict";
import {test} from "node:test";
import type {LabelledImages} from "../../../src/data-sets/index.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {gramMatrix, initialParameters, networkOutputs, perceptron} from "../../../src/models/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {imageRegression} from "../../../src/papers/noise-geometry/image-regression.ts";
import {trainingAlignment} from "../../../src/papers/noise-geometry/index.ts";
import type {TrainingAlignmentRow} from "../../../src/papers/noise-geometry/index.ts";
import type {TrainingAlignmentParameters} from "../../../src/papers/noise-geometry/training-alignment-parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {tf} from "../../../src/tensors/index.ts";
import {assertCells, assertRanges} from "../cells.ts";

const [height, width, count] = [6, 6, 60];
const generator = createStream({seed: 8, experiment: "images", cell: "test", block: 0}).generator("pixels");
const labels = Uint8Array.from({length: count}, (_, i) => i % 10);
const images: LabelledImages = {count, height, width, maximumPixel: 16, labels, pixels: Uint8Array.from({length: count * height * width}, (_, i) => (generator.integer(9) + (i % 10 < labels[Math.floor(i / (height * width))]! ? 7 : 0)))};

const small: TrainingAlignmentParameters = {
  dataSet: "digits",
  targets: "even-odd",
  samples: 30,
  network: {kind: "dense", widths: [12]},
  activation: "tanh",
  stepSize: 0.05,
  batchSize: 10,
  epochs: 20,
  recordEpochs: [0, 5, 20],
  directionEpochs: [0, 20],
  directions: 4,
  seeds: 2
};
const stream = (cell: string, block: number) => createStream({seed: 9, experiment: "training alignment", cell, block});

async function run(changes: Partial<TrainingAlignmentParameters> = {}, source = images): Promise<readonly TrainingAlignmentRow[]> {
  const progress: [number, number][] = [];
  const before = tf.memory().numTensors;
  const parameters = {...small, ...changes};
  const rows = await runExperiment(trainingAlignment, parameters, {stream, ensembles: ensemblesHere, images: () => source, progress: (...report) => void progress.push(report)});
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(progress.at(-1), [1, 1]);
  return rows;
}

const valuesOf = (rows: readonly TrainingAlignmentRow[], quantity: string, seed = 0) => rows.filter((row) => row.quantity === quantity && row.seed === seed).map(({value}) => value);

test("alignments are taken at the epochs asked for, directions at theirs, and the loss falls", async () => {
  const rows = await run();
  for (const quantity of ["loss", "alignment", "centredAlignment", "leastAlignment", "greatestAlignment"]) {
    assert.deepEqual(rows.filter((row) => row.quantity === quantity && row.seed === 1).map(({epoch, rank}) => [epoch, rank]), [[0, null], [5, null], [20, null]]);
  }
  assert.deepEqual(rows.filter(({quantity, seed}) => quantity === "directionalAlignment" && seed === 0).map(({epoch, rank}) => [epoch, rank]), [0, 20].flatMap((epoch) => [1, 2, 3, 4].map((rank) => [epoch, rank])));
  const [first, , last] = valuesOf(rows, "loss");
  assert.ok(last! < 0.8 * first!);
  assert.deepEqual(valuesOf(rows, "parameters"), [36 * 12 + 12 + 12 + 1]);
  assert.notDeepEqual(valuesOf(rows, "alignment"), valuesOf(rows, "alignment", 1));
});

test("before training they are the quotients of traces of the explicit matrices over the parameters", async () => {
  const rows = await run();
  const network = perceptron({inputs: height * width, widths: [12], activation: "tanh"});
  const weights = initialParameters(network, stream("training", 0));
  const data = imageRegression(small, images);
  const inputs = tf.tensor2d(data.inputs, [30, height * width]);
  const residuals = Array.from(networkOutputs(network, weights, inputs).dataSync(), (output, i) => output - data.targets[i]!);
  const gram = gramMatrix(network, weights, inputs).arraySync();
  const sum = (term: (i: number, j: number) => number) => residuals.reduce((total, _, i) => total + residuals.reduce((row, __, j) => row + term(i, j), 0), 0);
  // tr(Σ₁ G) = (1/n²) Σ r_i² (∇f_i·∇f_j)², ‖G‖² = (1/n²) Σ (∇f_i·∇f_j)².
  const expected = sum((i, j) => residuals[i]! ** 2 * gram[i]![j]! ** 2) / ((residuals.reduce((total, r) => total + r * r, 0) / 30) * sum((i, j) => gram[i]![j]! ** 2));
  assert.ok(Math.abs(valuesOf(rows, "alignment")[0]! / expected - 1) < 1e-5);
});

test("μ lies within its certificate at every record, for dense and convolutional networks and ten outputs", async () => {
  const convolution = {kind: "convolution", stages: [{filters: 3, kernelSize: 3, pooling: 2}, {filters: 4, kernelSize: 3, pooling: 1}]} as const;
  for (const rows of [await run(), await run({network: {...convolution, stages: [...convolution.stages]}}), await run({targets: "classes", directionEpochs: [], activation: "relu"})]) {
    const [least, found, greatest] = ["leastAlignment", "alignment", "greatestAlignment"].map((quantity) => valuesOf(rows, quantity)) as [number[], number[], number[]];
    assert.equal(found.length, 3);
    found.forEach((value, i) => assert.ok(least[i]! * (1 - 1e-5) <= value && value <= greatest[i]! * (1 + 1e-5)));
    assert.ok(valuesOf(rows, "centredAlignment").every((value, i) => value <= found[i]!));
  }
});

test("seeds are the same in every range of them, bit for bit, and all else is read", async () => {
  await assertRanges(trainingAlignment, {...small, epochs: 5, recordEpochs: [0, 5], directionEpochs: [5], seeds: 8}, {stream, ensembles: ensemblesHere, progress: () => {}, images: () => images}, {sizes: [1, 7]});
  assertCells(trainingAlignment, small, [{change: {seeds: 3}, affects: []}, {change: {stepSize: 0.06}, affects: ["training"]}]);
});

test("a training that diverges ends with the epoch at which that was seen, and leaves the table finite", async () => {
  const rows = await run({stepSize: 10, activation: "linear"});
  assert.deepEqual(valuesOf(rows, "diverged"), [1]);
  assert.deepEqual(valuesOf(rows, "alignment").length, 1);
  assert.ok(rows.every(({value}) => Number.isFinite(value)));
});

test("what does not fit together is refused by name, before any training", async () => {
  await assert.rejects(run({batchSize: 31}), /RangeError: batchSize: expected at most samples = 30, found 31/);
  await assert.rejects(run({recordEpochs: [0, 21]}), /recordEpochs\[1\]: expected at most epochs = 20, found 21/);
  await assert.rejects(run({directionEpochs: [0, 6]}), /directionEpochs\[1\]: expected one of recordEpochs, found 6/);
  await assert.rejects(run({targets: "classes"}), /directionEpochs: expected none for ten outputs, found \[0,20\]/);
  await assert.rejects(run({samples: 61}), /samples: expected at most 60, the size of the data set, found 61/);
});

test("labels that are all the same are refused, as they leave nothing to learn", async () => {
  const constant = {...images, labels: new Uint8Array(count).fill(4)};
  for (const targets of ["even-odd", "classes"] as const) await assert.rejects(run({targets, directionEpochs: []}, constant), /samples: expected labels that differ, found one label for the first 30 samples/);
});

test("ten outputs have one column for each digit", () => {
  const {targets, outputs} = imageRegression({samples: 12, targets: "classes"}, images);
  assert.equal(outputs, 10);
  assert.deepEqual([...targets.subarray(30, 40)], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(trainingAlignment.cells({...small, dataSet: "mnist"})[0]!.imageSets, ["mnist"]);
});
