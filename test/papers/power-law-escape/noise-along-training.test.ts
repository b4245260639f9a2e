import assert from "node:assert/strict";
import {test} from "node:test";
import {noiseAlongTraining} from "../../../src/papers/power-law-escape/noise-along-training.ts";
import {noiseAlongTrainingParameters} from "../../../src/papers/power-law-escape/noise-along-training-parameters.ts";
import type {NoiseAlongTrainingParameters} from "../../../src/papers/power-law-escape/noise-along-training-parameters.ts";
import {trainingCells} from "../../../src/papers/power-law-escape/training-record.ts";
import type {TrainingCell} from "../../../src/papers/power-law-escape/training-record.ts";
import {teacherData} from "../../../src/papers/power-law-escape/teacher-data.ts";
import {createStream} from "../../../src/random/index.ts";
import {tf} from "../../../src/tensors/index.ts";

const small: NoiseAlongTrainingParameters = {
  dataSet: "teacher",
  samples: 45,
  teacherInputs: 6,
  teacherWidths: [8],
  widths: [12, 10],
  activation: "relu",
  stepSize: 0.05,
  batchSize: 10,
  epochs: 25,
  recordEvery: 10,
  runs: 1,
  spectrumEpochs: [0, 13, 25],
  spectrumSamples: 45,
};

/** The one block that holds all runs of these parameters. */
function blockOf(parameters: NoiseAlongTrainingParameters): TrainingCell {
  const [block, ...others] = trainingCells(parameters);
  assert.equal(others.length, 0);
  return block!;
}

function run(changes: Partial<NoiseAlongTrainingParameters> = {}, seed = 3) {
  const parameters = {...small, ...changes};
  const stream = (cell: string, block: number) => createStream({seed, experiment: "noise-along-training", cell, block});
  const progress: [number, number][] = [];
  const before = tf.memory().numTensors;
  const data = teacherData({...parameters, samples: Math.max(parameters.samples, 45)}, stream("teacher", 0));
  const result = noiseAlongTraining(blockOf(parameters), data, {stream, progress: (done, total) => progress.push([done, total])});
  assert.equal(tf.memory().numTensors, before);
  return {...result, progress};
}

const eigenvalues = (result: ReturnType<typeof run>, epoch: number, kind: "exact" | "decoupled") =>
  result.spectra.filter((row) => row.epoch === epoch && row.kind === kind).map((row) => row.eigenvalue);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test("records at epoch 0, every tenth and the last one, spectra at the epochs asked for, progress to the end", () => {
  const result = run();
  assert.deepEqual(result.rows.map((row) => row.epoch), [0, 10, 20, 25]);
  assert.deepEqual([...new Set(result.spectra.map((row) => row.epoch))], [0, 13, 25]);
  assert.deepEqual(result.spectra.filter((row) => row.epoch === 13 && row.kind === "exact").map((row) => row.rank), Array.from({length: 45}, (_, i) => i + 1));
  assert.deepEqual(result.progress, Array.from({length: 26}, (_, i) => [i, 25]));
  assert.equal(result.parameterCount, 6 * 12 + 12 + 12 * 10 + 10 + 10 + 1);
  assert.deepEqual(result.endings, []);
  assert.ok(result.rows[3]!.loss < 0.5 * result.rows[0]!.loss);
});

test("rows and spectra tell the same of one epoch: traces, greatest eigenvalues, the ½ of the loss", () => {
  const result = run();
  for (const row of result.rows.filter(({epoch}) => epoch === 0 || epoch === 25)) {
    const [exact, decoupled] = [eigenvalues(result, row.epoch, "exact"), eigenvalues(result, row.epoch, "decoupled")];
    const close = (found: number, expected: number) => assert.ok(Math.abs(found / expected - 1) < 1e-4, `${found} against ${expected}`);
    close(sum(exact) / sum(decoupled), row.traceRatio);
    close(sum(decoupled), row.loss * row.meanSquaredGradientNorm);
    close(2 * sum(exact), row.noise + row.squaredLossGradient);
    const {greatestEigenvalueRatio, alignment, centredAlignment, leastAlignment, greatestAlignment} = result.gramRows.find(({epoch}) => epoch === row.epoch)!;
    close(exact[0]! / decoupled[0]!, greatestEigenvalueRatio);
    assert.ok(leastAlignment <= alignment && alignment <= greatestAlignment);
    assert.ok(centredAlignment <= alignment);
  }
});

test("the same seed gives the same numbers, another seed others, and recording does not disturb training", () => {
  const result = run();
  assert.deepEqual(run(), result);
  assert.notEqual(run({}, 4).rows[3]!.loss, result.rows[3]!.loss);
  assert.deepEqual(run({recordEvery: 25, spectrumEpochs: []}).rows, [result.rows[0], result.rows[3]]);
});

test("loss and noise are those of all samples when the Gram matrix takes fewer", () => {
  const [all, some] = [run(), run({spectrumSamples: 20})];
  for (const name of ["loss", "noise", "meanSquaredGradientNorm", "traceRatio"] as const) {
    assert.deepEqual(some.rows.map((row) => row[name]), all.rows.map((row) => row[name]));
  }
  assert.equal(eigenvalues(some, 0, "exact").length, 20);
  assert.notEqual(some.gramRows[0]!.alignment, all.gramRows[0]!.alignment);
});

test("fewer resolved eigenvalues than samples where the model has fewer parameters", () => {
  const result = run({widths: [], spectrumEpochs: [0]});
  for (const kind of ["exact", "decoupled"]) {
    assert.equal(result.spectra.filter((row) => row.kind === kind && row.resolved).length, 7);
  }
});

test("further trainings leave the first one as it is, differ from it and each other, and have no Gram matrix", () => {
  const [one, three] = [run({epochs: 10, spectrumEpochs: [10]}), run({epochs: 10, spectrumEpochs: [10], runs: 3})];
  assert.deepEqual(three.rows.map((row) => [row.run, row.epoch]), [[0, 0], [1, 0], [2, 0], [0, 10], [1, 10], [2, 10]]);
  assert.equal(new Set(three.rows.map(({loss}) => loss)).size, 6);
  assert.deepEqual(three.gramRows.map(({epoch}) => epoch), [0, 10]);
  assert.equal(three.parameterCount, one.parameterCount);
  one.rows.forEach((row, i) => {
    for (const name of ["loss", "noise", "meanSquaredGradientNorm", "squaredLossGradient", "traceRatio"] as const) {
      assert.ok(Math.abs(three.rows[3 * i]![name] / row[name] - 1) < 1e-4, `${name} at epoch ${row.epoch}`);
    }
  });
});

test("a training that ends early ends alone", () => {
  const stream = (cell: string, block: number) => createStream({seed: 1, experiment: "e", cell, block});
  const data = {count: 2, dimension: 1, inputs: Float32Array.of(1, 1), targets: Float32Array.of(1, 1)};
  const parameters = {...small, samples: 2, spectrumSamples: 2, batchSize: 2, widths: [], stepSize: 0.25, recordEvery: 1, spectrumEpochs: [], epochs: 200, runs: 5};
  const {rows, endings} = noiseAlongTraining(blockOf(parameters), data, {stream, progress: () => {}});
  const recorded = parameters.runs - endings.length;
  assert.ok(endings.length > 0 && recorded > 0, `${endings.length} ended`);
  for (let run = 0; run < parameters.runs; run++) {
    const ending = endings.find((found) => found.run === run);
    assert.deepEqual(rows.filter((row) => row.run === run).map(({epoch}) => epoch), Array.from({length: ending?.epoch ?? 201}, (_, epoch) => epoch));
  }
});

test("a training that reaches zero loss ends there", () => {
  const stream = (cell: string, block: number) => createStream({seed: 1, experiment: "e", cell, block});
  const data = {count: 2, dimension: 1, inputs: Float32Array.of(1, 1), targets: Float32Array.of(1, 1)};
  const parameters = {...small, samples: 2, spectrumSamples: 2, batchSize: 2, widths: [], stepSize: 0.5, recordEvery: 1, spectrumEpochs: []};
  const result = noiseAlongTraining(blockOf(parameters), data, {stream, progress: () => {}});
  assert.equal(result.endings[0]?.reason, "interpolated");
  assert.equal(result.rows.length, result.endings[0].epoch);
});

test("a training that diverges keeps what was recorded before and says where it ended", () => {
  const result = run({stepSize: 10, activation: "linear", recordEvery: 1});
  const [ending] = result.endings;
  assert.equal(ending?.reason, "diverged");
  assert.deepEqual(result.rows.map((row) => row.epoch), Array.from({length: ending.epoch}, (_, i) => i));
  assert.ok(result.rows.every((row) => Object.values(row).every(Number.isFinite)));
});

const misfits: readonly (readonly [Partial<NoiseAlongTrainingParameters>, string])[] = [
  [{samples: 46}, "samples: expected an integer from 1 to 45, the size of the data set, found 46"],
  [{batchSize: 46}, "batchSize: expected at most samples = 45, found 46"],
  [{spectrumSamples: 46}, "spectrumSamples: expected at most samples = 45, found 46"],
  [{spectrumEpochs: [0, 26]}, "spectrumEpochs[1]: expected at most epochs = 25, found 26"],
];

for (const [changes, message] of misfits) {
  test(`parameters that do not fit each other are refused: ${message}`, () => {
    const parameters = {...small, ...changes};
    const stream = (cell: string, block: number) => createStream({seed: 1, experiment: "e", cell, block});
    const data = teacherData(small, stream("teacher", 0));
    assert.throws(() => noiseAlongTraining(blockOf(parameters), data, {stream, progress: () => {}}), {name: "RangeError", message});
  });
}

test("the schema takes these parameters, describes each and refuses what lies outside its range", () => {
  assert.deepEqual(noiseAlongTrainingParameters.parse(small), small);
  for (const [name, field] of Object.entries(noiseAlongTrainingParameters.shape)) assert.ok((field.description ?? "").length > 20, name);
  const wrong: readonly Partial<Record<keyof NoiseAlongTrainingParameters, unknown>>[] = [
    {dataSet: "cifar"}, {samples: 1}, {samples: 10.5}, {stepSize: 0}, {stepSize: NaN}, {widths: [64, 0]}, {spectrumEpochs: [-1]}, {activation: "gelu"}, {spectrumSamples: 4001},
  ];
  for (const changes of wrong) assert.equal(noiseAlongTrainingParameters.safeParse({...small, ...changes}).success, false, JSON.stringify(changes));
});
