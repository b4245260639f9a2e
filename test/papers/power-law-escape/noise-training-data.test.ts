import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {noiseAlongTraining} from "../../../src/papers/power-law-escape/noise-along-training.ts";
import type {NoiseAlongTrainingParameters} from "../../../src/papers/power-law-escape/noise-along-training-parameters.ts";
import {imagesOf, noiseTrainingData} from "../../../src/papers/power-law-escape/noise-training-data.ts";
import {trainingCells} from "../../../src/papers/power-law-escape/training-record.ts";
import {readDigits} from "../../../src/pipeline/data-files.ts";
import {createStream} from "../../../src/random/index.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const stream = (cell: string, block: number) => createStream({seed: 2, experiment: "noise-along-training", cell, block});
const parameters: NoiseAlongTrainingParameters = {
  dataSet: "digits",
  samples: 200,
  teacherInputs: 4,
  teacherWidths: [5],
  widths: [16, 16],
  activation: "relu",
  stepSize: 0.02,
  batchSize: 20,
  epochs: 40,
  recordEvery: 20,
  runs: 1,
  spectrumEpochs: [],
  spectrumSamples: 100,
};

test("on the real digits a network learns even against odd, and its noise falls with its loss", async () => {
  const digits = await readDigits({root});
  assert.deepEqual(imagesOf(parameters), ["digits"]);
  const data = noiseTrainingData(parameters, {images: () => digits, stream});
  assert.deepEqual([data.count, data.dimension], [1797, 64]);
  assert.deepEqual([...data.targets.subarray(0, 6)], [1, -1, 1, -1, 1, -1]);
  const {rows} = noiseAlongTraining(trainingCells(parameters)[0]!, data, {stream, progress: () => {}});
  assert.ok(rows[2]!.loss < 0.3 * rows[0]!.loss);
  assert.ok(rows[2]!.noise < rows[0]!.noise);
});

test("a teacher's data need no images and have the size that the parameters ask for", () => {
  const teacher = {...parameters, dataSet: "teacher"} as const;
  assert.deepEqual(imagesOf(teacher), []);
  const data = noiseTrainingData(teacher, {images: () => assert.fail("no images are asked for"), stream});
  assert.deepEqual([data.count, data.dimension], [200, 4]);
});
