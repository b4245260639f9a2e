import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {linearAlignmentRange} from "../../../src/models/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {angularAlignment, directionalDraws, linearAlignment, networkAlignment, parameterSections, summarizeAlignments, summarizeDirections} from "../../../src/papers/noise-geometry/index.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {normals, tf} from "../../../src/tensors/index.ts";
import type {Tensor2D} from "../../../src/tensors/index.ts";
import {assertCells, assertRanges} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 0, experiment: "alignment", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const linear = {draws: 20, dimension: 10, decayExponents: [0, 1], sampleCounts: [5, 300], noisyDecayExponent: 1, fewSamples: 4, dimensions: [8, 16, 32, 4000], conditionSamples: 6, conditionNumbers: [1, 100]};
const cellsOf = async (changed: Partial<typeof linear> = {}) => summarizeAlignments(await runExperiment(linearAlignment, {...linear, ...changed}, context));
const cells = await cellsOf();
const cellAt = (sweep: string, model: string, setting: number) => cells.find((cell) => cell.sweep === sweep && cell.model === model && cell.setting === setting)!;

test("every sweep has its cells, all within their certificates, and nothing is leaked", async () => {
  assert.deepEqual(cells.map(({sweep, model, setting}) => `${sweep}, ${model}, ${setting}`), [
    "samples, a = 0, 5", "samples, a = 0, 300", "samples, a = 1, 5", "samples, a = 1, 300", "noisy labels, a = 1, 5", "noisy labels, a = 1, 300",
    "dimension, a = 0, 8", "dimension, a = 0, 16", "dimension, a = 0, 32", "dimension, a = 0, 4000", "condition, diagonal network, 1", "condition, diagonal network, 100"
  ]);
  for (const {excess, certificateLow, certificateHigh, alignment} of cells) assert.ok(excess <= 1e-12 && certificateLow < alignment && alignment < certificateHigh);
  const before = tf.memory().numTensors;
  await cellsOf({decayExponents: [1], sampleCounts: [4, 5], dimensions: [8, 9, 10, 11]});
  assert.equal(tf.memory().numTensors, before);
});

test("many samples come near the population's value, label noise lowers it, and few in many dimensions have 1", () => {
  const [many, noisy] = [cellAt("samples", "a = 1", 300), cellAt("noisy labels", "a = 1", 300)];
  for (const {populationRatio, populationRatioError} of [many, noisy]) assert.ok(Math.abs(populationRatio! - 1) < 4 * populationRatioError! + 0.02);
  assert.ok(noisy.population! < many.population! && Math.abs((many.population! - 1) / (noisy.population! - 1) - 2) < 0.7);
  assert.ok(Math.abs(cellAt("dimension", "a = 0", 4000).alignment - 1) < 0.05);
  assert.ok(cellAt("dimension", "a = 0", 4000).certificateHigh < 1.2 && cellAt("dimension", "a = 0", 8).certificateHigh > 1.2);
});

test("the alignment of the Gram matrix is the trace of its definition", async () => {
  const [samples, dimension] = [5, 10];
  const {alignment} = cellAt("samples", "a = 0", samples);
  const found = Array.from({length: linear.draws}, (_, draw) => {
    const points = tf.tidy(() => (normals(context.stream("samples a = 0 5", draw), 0, [samples, dimension], "inputs") as Tensor2D).arraySync());
    const weights = context.stream("weights of samples a = 0", draw).generator("weights").normals(dimension);
    const residuals = points.map((x) => x.reduce((sum, value, j) => sum + value * weights[j]!, 0));
    const moment = (scale: (i: number) => number) => Array.from({length: dimension}, (_, j) => Array.from({length: dimension}, (_, k) => points.reduce((sum, x, i) => sum + (scale(i) * x[j]! * x[k]!) / samples, 0)));
    const [plain, weighted] = [moment(() => 1), moment((i) => residuals[i]! ** 2)];
    const inner = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) => a.reduce((sum, row, j) => sum + row.reduce((part, value, k) => part + value * b[j]![k]!, 0), 0);
    return inner(weighted, plain) / (residuals.reduce((sum, r) => sum + (r * r) / samples, 0) * inner(plain, plain));
  });
  assert.ok(Math.abs(found.reduce((sum, value) => sum + value, 0) / linear.draws / alignment - 1) < 1e-5);
});

const networks = {draws: 20, inputs: 6, samples: 30, activations: ["tilted-tanh", "relu"] as ("tilted-tanh" | "relu" | "tanh")[], widths: [4, 8, 16, 32], depths: [1, 2], depthWidth: 8};

test("networks of any width and depth stay within their certificates and leak nothing", async () => {
  const parameters = networks;
  const before = tf.memory().numTensors;
  const found = summarizeAlignments(await runExperiment(networkAlignment, parameters, context));
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(found.map(({sweep}) => sweep), [...Array.from({length: 8}, () => "width"), "depth", "depth"]);
  for (const {excess, alignment, population} of found) assert.ok(excess <= 1e-12 && alignment > 0.5 && alignment < 2 && population === null);
});

const directions = {draws: 20, dimension: 4, ratios: [0.5, 1, 2, 400], fitFrom: 4, kurtoses: [1, 2, 3], angleRatio: 2000, angles: [0, 45, 90]};

test("the range of directions is that of the pencil in float64, 0 at fewer samples than dimensions, near [1, 2] at many", async () => {
  const draws = await runExperiment(directionalDraws, directions, context);
  for (const {samplesPerDimension, samples, draw, least, greatest} of draws) {
    assert.ok(least <= greatest);
    if (samplesPerDimension < 1) assert.ok(Math.abs(least) < 1e-9);
    if (samplesPerDimension <= 1) continue;
    const stream = context.stream(`directions at n/d = ${samplesPerDimension}`, draw);
    const inputs = tf.tidy(() => normals(stream, 0, [samples, 4], "inputs").dataSync());
    const weights = stream.generator("weights").normals(4);
    const residuals = Float64Array.from({length: samples}, (_, i) => weights.reduce((sum, weight, j) => sum + Math.fround(weight) * inputs[4 * i + j]!, 0));
    const reference = linearAlignmentRange(inputs, residuals);
    assert.ok(Math.abs(reference.least - least) < 1e-4 && Math.abs(reference.greatest / greatest - 1) < 1e-4);
  }
  const many = summarizeDirections(draws).at(-1)!;
  assert.deepEqual([many.samples, many.draws], [1600, 20]);
  assert.ok(Math.abs(many.least - 1) < 0.15 && Math.abs(many.greatest - 2) < 0.2 && many.leastLimit > 0.8 && many.leastLimit < 1);
});

test("along angles inputs of each kurtosis have their exact alignment", async () => {
  const found = await runExperiment(angularAlignment, directions, context);
  for (const {alignment, exact, standardError} of found) assert.ok(Math.abs(alignment - exact) < 5 * standardError + 0.005);
  const along = found.filter(({angle}) => angle === 0).map(({exact}) => exact);
  assert.ok(Math.abs(along[2]! - 2) < 1e-12);
  // w_j² ∝ 1, 1/4, 1/9, 1/16: Σ w_j⁴ = (1 + 1/16 + 1/81 + 1/256) / (1 + 1/4 + 1/9 + 1/16)².
  const fourth = (1 + 1 / 16 + 1 / 81 + 1 / 256) / (1 + 1 / 4 + 1 / 9 + 1 / 16) ** 2;
  assert.ok(Math.abs(along[0]! - (2 - 2 * fourth)) < 1e-12 && Math.abs(along[1]! - (2 - fourth)) < 1e-12);
});

test("a value of a sweep is read by its own cells alone", () => {
  assertCells(linearAlignment, linear, [
    {change: {sampleCounts: [5, 301]}, affects: / 301$/},
    {change: {decayExponents: [0, 2]}, affects: /^samples a = 2 /},
    {change: {noisyDecayExponent: 2}, affects: /^noisy labels/},
    {change: {dimensions: [8, 16, 32, 64]}, affects: ["dimension a = 0 64"]},
    {change: {fewSamples: 5}, affects: /^dimension/},
    {change: {conditionNumbers: [1, 10]}, affects: ["condition diagonal network 10"]},
    {change: {conditionSamples: 7}, affects: /^condition/},
    {change: {dimension: 11}, affects: /^(samples|noisy labels|condition)/},
    {change: {draws: 21}, affects: []}
  ]);
  assertCells(networkAlignment, networks, [
    {change: {widths: [4, 8, 16, 64]}, affects: /^width .* 64$/},
    {change: {depths: [1, 3]}, affects: ["depth relu 3"]},
    {change: {depthWidth: 9}, affects: /^depth/},
    {change: {activations: ["tanh", "relu"]}, affects: /^width tanh/},
    {change: {samples: 31}, affects: /^/},
    {change: {draws: 21}, affects: []}
  ]);
  assertCells(angularAlignment, directions, [
    {change: {kurtoses: [1, 2.5, 3]}, affects: ["angles at kurtosis 2.5"]},
    {change: {angles: [0, 45, 80]}, affects: /^/},
    {change: {ratios: [1, 2, 3, 4], fitFrom: 5}, affects: []}
  ]);
  assertCells(directionalDraws, directions, [
    {change: {ratios: [0.5, 1, 3, 400]}, affects: ["directions at n/d = 3"]},
    {change: {draws: 40, fitFrom: 5, kurtoses: [1], angles: [0, 30, 60], angleRatio: 9}, affects: []},
    {change: {dimension: 5}, affects: /^/}
  ]);
});

test("draws of data are the same in every range of them", async () => {
  await assertRanges(directionalDraws, {...directions, ratios: [0.5, 2, 4, 8], draws: 60}, context);
  await assertRanges(linearAlignment, {...linear, sampleCounts: [5], dimensions: [8], draws: 60}, context);
  await assertRanges(networkAlignment, {...networks, widths: [4], depths: [1], draws: 20}, context);
});

test("parameters that are no experiment are refused at their place", () => {
  const file = readFileSync(join(import.meta.dirname, "../../../data/parameters/noise-geometry.jsonc"), "utf8");
  const refused = (from: string, to: string, message: RegExp) => {
    assert.notEqual(file.replace(from, to), file, from);
    assert.throws(() => resolveParameters(file.replace(from, to), "file", parameterSections, "quick"), message);
  };
  refused('"sampleCounts": [6,', '"sampleCounts": [1,', /quick\.linearAlignment\.sampleCounts\[0\].*found 1/);
  refused('"relativeSteps": [0.8, 1.25]', '"relativeSteps": [1.1, 1.25]', /quick\.escapeThreshold\.relativeSteps: expected step sizes on both sides of 1/);
  refused('"gradientDescentStep": 2.2', '"gradientDescentStep": 1.9', /quick\.escape\.gradientDescentStep.*found 1\.9/);
  refused('"flatEigenvalue": 0.2', '"flatEigenvalue": 0', /quick\.escape\.flatEigenvalue.*found 0/);
});
