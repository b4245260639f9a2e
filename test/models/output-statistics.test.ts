import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {gramBlock, gramMatrix, gramStatistics, outputStatistics} from "../../src/models/index.ts";
import {gramTile, traceRange} from "../../src/models/gram-tiles.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor2D} from "../../src/tensors/index.ts";
import {explicitGradients, leakedTensors, smallNetwork, testStream} from "./small-networks.ts";

const relative = (found: number, expected: number, tolerance: number, name: string) =>
  assert.ok(Math.abs(found - expected) <= tolerance * Math.abs(expected), `${name}: ${found} against ${expected}`);

const outputs = 3, samples = 7;
const {network, parameters, inputs, free} = smallNetwork("tanh", {outputs, samples});
const jacobians = Array.from({length: outputs}, (_, output) => explicitGradients(network, parameters, inputs, output));
const randomResiduals = Float64Array.from(normals(testStream(), 0, [samples * outputs], "residuals").dataSync());

test("loss, noise and alignment agree with explicit covariance matrices", () => {
  const gradients = Array.from({length: samples}, (_, i) => new Matrix(jacobians.map((ofOutput) => ofOutput[i]!)));
  const residual = (i: number) => Matrix.rowVector([...randomResiduals.subarray(i * outputs, (i + 1) * outputs)]);
  const lossGradients = new Matrix(gradients.map((jacobian, i) => residual(i).mmul(jacobian).to1DArray()));
  const mean = Matrix.rowVector(lossGradients.mean("column"));
  const secondMoment = lossGradients.transpose().mmul(lossGradients).div(samples);
  const covariance = Matrix.sub(secondMoment, mean.transpose().mmul(mean));
  const gaussNewton = gradients.map((jacobian) => jacobian.transpose().mmul(jacobian)).reduce((sum, matrix) => Matrix.add(sum, matrix)).div(samples);
  const loss = randomResiduals.reduce((sum, r) => sum + r * r, 0) / (2 * samples);
  const scale = 2 * loss * gaussNewton.norm("frobenius") ** 2;
  const leaked = leakedTensors(() => {
    const found = outputStatistics(network, parameters, inputs, randomResiduals);
    relative(found.loss, loss, 1e-12, "loss");
    relative(found.meanSquaredGradientNorm, gaussNewton.trace(), 1e-5, "trace");
    relative(found.squaredLossGradient, mean.norm("frobenius") ** 2, 1e-5, "loss gradient");
    relative(found.noise, covariance.trace(), 1e-5, "noise");
    relative(found.alignment, secondMoment.mmul(gaussNewton).trace() / scale, 1e-5, "alignment");
    relative(found.centredAlignment, covariance.mmul(gaussNewton).trace() / scale, 1e-5, "centred alignment");
  });
  assert.equal(leaked, 0);
});

test("no residuals take the alignment out of the certificate", () => {
  fc.assert(fc.property(fc.array(fc.double({min: -1, max: 1, noNaN: true}), {minLength: 21, maxLength: 21}), fc.integer({min: 0, max: 6}), fc.boolean(), (entries, only, alone) => {
    const residuals = Float64Array.from(entries, (r, i) => (alone && Math.floor(i / outputs) !== only ? 0 : r));
    fc.pre(residuals.some((r) => Math.abs(r) > 1e-6));
    const {alignment, leastAlignment, greatestAlignment} = outputStatistics(network, parameters, inputs, residuals);
    assert.ok(alignment >= leastAlignment - 1e-6 && alignment <= greatestAlignment + 1e-6, `${leastAlignment} ≤ ${alignment} ≤ ${greatestAlignment}`);
  }), {seed: 3, numRuns: 60});
});

test("residuals along the extreme eigenvectors of the row energies of one sample reach both ends", () => {
  const block = (i: number, j: number) => new Matrix(jacobians.map((left) => jacobians.map((right) => left[i]!.reduce((sum, x, p) => sum + x * right[j]![p]!, 0))));
  const ends = Array.from({length: samples}, (_, i) => {
    const energies = Array.from({length: samples}, (_, j) => block(i, j).mmul(block(j, i))).reduce((sum, matrix) => Matrix.add(sum, matrix));
    const {realEigenvalues, eigenvectorMatrix} = new EigenvalueDecomposition(energies, {assumeSymmetric: true});
    return [0, outputs - 1].map((k) => ({sample: i, value: realEigenvalues[k]!, vector: eigenvectorMatrix.getColumn(k)}));
  });
  const byValue = ends.flat().sort((a, b) => a.value - b.value);
  for (const [end, name] of [[byValue[0]!, "leastAlignment"], [byValue.at(-1)!, "greatestAlignment"]] as const) {
    const residuals = new Float64Array(21);
    residuals.set(end.vector, end.sample * outputs);
    const found = outputStatistics(network, parameters, inputs, residuals);
    relative(found.alignment, found[name], 1e-4, name);
  }
});

test("equal and opposite residuals of all outputs average to 1/c", () => {
  const count = 2 ** outputs;
  const mean = Array.from({length: count}, (_, signs) =>
    outputStatistics(network, parameters, inputs, Float64Array.from({length: 21}, (_, i) => ((signs >> (i % outputs)) & 1 ? 1 : -1))).alignment);
  relative(mean.reduce((sum, x) => sum + x / count, 0), 1 / outputs, 1e-5, "mean alignment");
});

test("with one output, they are the statistics of the Gram matrix", () => {
  const one = smallNetwork("relu");
  const residuals = randomResiduals.subarray(0, 7);
  const gram = gramMatrix(one.network, one.parameters, one.inputs);
  const [expected, found] = [gramStatistics(gram, residuals), outputStatistics(one.network, one.parameters, one.inputs, residuals)];
  for (const [name, value] of Object.entries(expected)) relative(found[name as keyof typeof found], value, 1e-5, name);
  gram.dispose();
  one.free();
});

test("many tiles sum to what whole blocks give", () => {
  const many = smallNetwork("relu", {outputs, samples: 800});
  const residuals = Float64Array.from(normals(testStream(), 1, [2400], "residuals").dataSync());
  const found = outputStatistics(many.network, many.parameters, many.inputs, residuals);
  tf.tidy(() => {
    const all = [0, 1, 2];
    const columns = all.map((c) => tf.tensor2d(Float32Array.from({length: 800}, (_, i) => residuals[i * outputs + c]!), [800, 1]));
    const blocks = all.map((left) => all.map((right) => gramBlock(many.network, many.parameters, many.inputs, {left, right})));
    const number = (tensor: {dataSync(): ArrayLike<number>}) => tensor.dataSync()[0]!;
    const norm = all.flatMap((a) => all.map((c) => number(tf.sum(tf.square(blocks[a]![c]!))))).reduce((sum, x) => sum + x, 0);
    const image = all.map((a) => tf.addN(all.map((c) => tf.matMul(blocks[a]![c]!, columns[c]!))));
    const quadratic = all.reduce((sum, a) => sum + number(tf.sum(tf.mul(columns[a]!, image[a]!))), 0);
    const weighted = all.map((c) => tf.addN(all.map((a) => tf.mul(blocks[a]![c]!, columns[a]!)))).reduce((sum, rows) => sum + number(tf.sum(tf.square(rows))), 0);
    const squares = residuals.reduce((sum, r) => sum + r * r, 0);
    relative(found.squaredLossGradient, quadratic / 800 ** 2, 1e-4, "loss gradient");
    relative(found.alignment, (800 * weighted) / (squares * norm), 1e-4, "alignment");
  });
  const range = {first: 0, count: 800};
  for (const [left, right] of [[1, 1], [0, 2]] as const) {
    tf.tidy(() => {
      const traced = [left, right].map((output) => traceRange(many.network, many.parameters, many.inputs, [output], range));
      const whole = gramTile(many.network, traced[0]!, traced[1]!);
      const tiled: Tensor2D = gramBlock(many.network, many.parameters, many.inputs, {left, right});
      assert.ok(tf.max(tf.abs(tf.sub(whole, tiled))).dataSync()[0]! < 1e-5 * tf.max(tf.abs(whole)).dataSync()[0]!);
    });
  }
  many.free();
});

test("residuals that do not fit or vanish are refused", () => {
  assert.throws(() => outputStatistics(network, parameters, inputs, new Float64Array(20)), {name: "RangeError", message: "residuals: expected 7 × 3, one for each sample and output, found 20"});
  assert.throws(() => outputStatistics(network, parameters, inputs, new Float64Array(21)), {name: "RangeError", message: /^residuals: expected one that is not zero/});
  free();
});
