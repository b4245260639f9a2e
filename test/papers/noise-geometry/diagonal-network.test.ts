import assert from "node:assert/strict";
import {test} from "node:test";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {flattestTrace, gradientSpectrum, gradientTrace, networkLoss, teacherRegression} from "../../../src/papers/noise-geometry/diagonal-network.ts";
import {diagonalNetworkDescent, diagonalNetworkSgd} from "../../../src/papers/noise-geometry/diagonal-network-training.ts";
import {scheduledStep} from "../../../src/papers/noise-geometry/step-schedule.ts";
import {createStream} from "../../../src/random/index.ts";

const stream = createStream({seed: 4, experiment: "diagonal network", cell: "test", block: 0});
const [samples, dimension] = [14, 5];
const data = teacherRegression({samples, dimension}, stream);
const values = stream.generator("network").normals(2 * dimension);
const network = {first: values.subarray(0, dimension), second: values.subarray(dimension)};
const close = (found: number, expected: number, tolerance = 1e-12) => assert.ok(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${found} ≠ ${expected}`);

/** Features, label, residual and the gradient with respect to (u, v) of one sample, from the definition of the network. */
function sample(row: number) {
  const features = data.table.subarray(row * (dimension + 1), row * (dimension + 1) + dimension);
  const label = data.table[row * (dimension + 1) + dimension]!;
  const output = features.reduce((sum, x, j) => sum + x * network.first[j]! * network.second[j]!, 0);
  return {residual: output - label, gradient: [...features.map((x, j) => x * network.second[j]!), ...features.map((x, j) => x * network.first[j]!)]};
}

const all = Array.from({length: samples}, (_, row) => sample(row));

test("loss, trace and spectrum are those of the explicit gradients of all samples", () => {
  close(networkLoss(data, network), all.reduce((sum, {residual}) => sum + residual ** 2 / 2, 0) / samples);
  const explicit = Matrix.zeros(2 * dimension, 2 * dimension);
  for (const {gradient} of all) explicit.add(Matrix.columnVector(gradient).mmul(Matrix.rowVector(gradient)).div(samples));
  close(gradientTrace(data, network), explicit.trace());
  const expected = new EigenvalueDecomposition(explicit, {assumeSymmetric: true}).realEigenvalues.sort((a, b) => b - a);
  const found = gradientSpectrum(data, network);
  assert.equal(found.length, dimension);
  found.forEach((value, i) => close(value, expected[i]!, 1e-10));
});

test("with fewer samples than inputs the spectrum has as many values as samples, and no flattest trace is known", () => {
  const few = teacherRegression({samples: 3, dimension}, stream);
  assert.equal(gradientSpectrum(few, network).length, 3);
  assert.equal(flattestTrace(few), null);
});

test("the flattest trace is that of the balanced network, and no other network that fits has a smaller one", () => {
  const least = flattestTrace(data)!;
  const balanced = Array.from(data.teacher, (target) => Math.sqrt(Math.abs(target)));
  const fitting = (scale: number) => ({first: balanced.map((value) => value * scale), second: balanced.map((value, j) => (Math.sign(data.teacher[j]!) * value) / scale)});
  close(networkLoss(data, fitting(1.7)), 0);
  close(gradientTrace(data, fitting(1)), least);
  assert.ok(gradientTrace(data, fitting(1.1)) > least && gradientTrace(data, fitting(0.9)) > least);
});

const schedule = {lowStep: 0.01, peakStep: 0.05, cycleSteps: 8, scheduleSteps: 16, finalStep: 0.002};

test("the step size rises from low to peak and falls again in every cycle, then is constant", () => {
  assert.deepEqual([0, 2, 4, 6, 8, 12, 15, 16, 400].map((step) => scheduledStep(schedule, step).toFixed(12)), [0.01, 0.03, 0.05, 0.03, 0.01, 0.05, 0.02, 0.002, 0.002].map((value) => value.toFixed(12)));
  assert.equal(scheduledStep({...schedule, lowStep: 0.05}, 3), 0.05);
});

const bound = {...schedule, firstStart: [...network.first], secondStart: [...network.second]};

test("gradient descent takes the steps of its definition at the sizes of the schedule", async () => {
  let [first, second] = [[...network.first], [...network.second]];
  for (let step = 0; step < 20; step++) {
    const gradient = first.map((_, a) => first.reduce((sum, u, b) => sum + data.inputMoments[a * dimension + b]! * (u * second[b]! - data.teacher[b]!), 0));
    const size = scheduledStep(schedule, step);
    [first, second] = [first.map((u, j) => u - size * gradient[j]! * second[j]!), second.map((v, j) => v - size * gradient[j]! * first[j]!)];
  }
  const {state} = await ensemblesHere.simulate(diagonalNetworkDescent(dimension), {parameters: {...bound, inputMoments: data.inputMoments, teacher: data.teacher}, key: [1, 2], replicas: 1, precision: "float64", steps: 20});
  first.forEach((value, j) => close(state.first![j]!, value));
  second.forEach((value, j) => close(state.second![j]!, value));
});

test("SGD on a table of one row takes that sample's gradient, and its mean step is that of gradient descent", async () => {
  const one = async (table: Float64Array, rows: number, replicas: number) =>
    ensemblesHere.simulate(diagonalNetworkSgd(dimension), {parameters: bound, tables: {samples: {rows, values: table}}, key: [3, 4], replicas, precision: "float64", steps: 1});
  const {residual, gradient} = all[6]!;
  const single = await one(data.table.subarray(6 * (dimension + 1), 7 * (dimension + 1)), 1, 1);
  for (let j = 0; j < dimension; j++) {
    close(single.state.first![j]!, network.first[j]! - schedule.lowStep * residual * gradient[j]!);
    close(single.state.second![j]!, network.second[j]! - schedule.lowStep * residual * gradient[dimension + j]!);
  }
  const replicas = 20_000;
  const many = await one(data.table, samples, replicas);
  const whole = await ensemblesHere.simulate(diagonalNetworkDescent(dimension), {parameters: {...bound, inputMoments: data.inputMoments, teacher: data.teacher}, key: [1, 2], replicas: 1, precision: "float64", steps: 1});
  for (let j = 0; j < dimension; j++) {
    const ends = Array.from({length: replicas}, (_, r) => many.state.first![r * dimension + j]!);
    const mean = ends.reduce((sum, value) => sum + value, 0) / replicas;
    const error = Math.sqrt(ends.reduce((sum, value) => sum + (value - mean) ** 2, 0) / replicas / replicas);
    assert.ok(Math.abs(mean - whole.state.first![j]!) < 5 * error);
  }
});
