import assert from "node:assert/strict";
import {test} from "node:test";
import {teacherData} from "../../../src/papers/power-law-escape/teacher-data.ts";
import {createStream} from "../../../src/random/index.ts";
import {tf} from "../../../src/tensors/index.ts";

const parameters = {samples: 2000, teacherInputs: 5, teacherWidths: [16], activation: "relu"} as const;
const stream = (block = 0) => createStream({seed: 8, experiment: "teacher", cell: "data", block});
const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length] as const;
};

test("labels have mean 0 and variance 1, points are standard Gaussian, no tensor is left", () => {
  const before = tf.memory().numTensors;
  const data = teacherData(parameters, stream());
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual([data.count, data.dimension, data.inputs.length, data.targets.length], [2000, 5, 10_000, 2000]);
  const [mean, variance] = moments(data.targets);
  assert.ok(Math.abs(mean) < 1e-6 && Math.abs(variance - 1) < 1e-5);
  const [inputMean, inputVariance] = moments(data.inputs);
  assert.ok(Math.abs(inputMean) < 0.05 && Math.abs(inputVariance - 1) < 0.07);
});

test("labels of a linear teacher are a linear function of the points, up to their shift", () => {
  const {inputs, targets} = teacherData({...parameters, samples: 12, teacherInputs: 1, teacherWidths: []}, stream());
  const slopes = Array.from({length: 11}, (_, i) => (targets[i + 1]! - targets[0]!) / (inputs[i + 1]! - inputs[0]!));
  assert.ok(slopes.every((slope) => Math.abs(slope / slopes[0]! - 1) < 1e-3));
});

test("the stream decides everything", () => {
  assert.deepEqual(teacherData(parameters, stream()), teacherData(parameters, stream()));
  assert.notDeepEqual(teacherData(parameters, stream(1)).targets, teacherData(parameters, stream()).targets);
});

test("a teacher that cannot tell points apart is refused", () => {
  assert.throws(() => teacherData({...parameters, samples: 1}, stream()), {name: "RangeError", message: /^teacherWidths: expected a teacher that tells 1 points apart/});
});
