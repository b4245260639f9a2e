import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {alignmentRange, directionalAlignment, leadingAlignments, linearAlignmentRange} from "../../src/models/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import {leakedTensors, testStream} from "./small-networks.ts";

/** Gradients (N, p) with a decaying spectrum and residuals (N,). */
function sample(count: number, parameters: number, block = 0) {
  const tensors = [normals(testStream(block), 0, [count, parameters], "gradients"), normals(testStream(block), 0, [count], "residuals")];
  const [entries, residuals] = tensors.map((tensor) => Float64Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  const gradients = Matrix.from1DArray(count, parameters, entries!.map((x, i) => x / (1 + (i % parameters))) as unknown as number[]);
  return {gradients, residuals: residuals!};
}

/** Σ and 2 L G as matrices of parameters × parameters. */
function explicit(gradients: Matrix, residuals: Float64Array) {
  const count = residuals.length;
  const lossGradients = Matrix.diag([...residuals]).mmul(gradients);
  const mean = Matrix.rowVector(lossGradients.mean("column"));
  const covariance = Matrix.sub(lossGradients.transpose().mmul(lossGradients).div(count), mean.transpose().mmul(mean));
  const metric = gradients.transpose().mmul(gradients).mul(residuals.reduce((sum, r) => sum + r * r, 0) / count ** 2);
  return {covariance, metric};
}

const form = (matrix: Matrix, v: Matrix) => v.transpose().mmul(matrix).mmul(v).get(0, 0);
const gramTensor = (gradients: Matrix) => tf.tensor2d(gradients.mmul(gradients.transpose()).to2DArray());
const close = (found: number, expected: number, tolerance: number) => assert.ok(Math.abs(found - expected) <= tolerance, `${found} against ${expected}`);

test("along any direction, the image gives what explicit matrices give", () => {
  const {gradients, residuals} = sample(9, 5);
  const {covariance, metric} = explicit(gradients, residuals);
  fc.assert(fc.property(fc.array(fc.double({min: -1, max: 1, noNaN: true}), {minLength: 5, maxLength: 5}), (entries) => {
    const v = Matrix.columnVector(entries);
    fc.pre(v.norm() > 1e-3);
    close(directionalAlignment(gradients.mmul(v).to1DArray(), residuals), form(covariance, v) / form(metric, v), 1e-10);
  }), {seed: 2, numRuns: 100});
});

test("along the leading eigenvectors of G", () => {
  const {gradients, residuals} = sample(60, 12);
  const {covariance, metric} = explicit(gradients, residuals);
  const gram = gramTensor(gradients);
  const leaked = leakedTensors(() => {
    const {curvatures, alignments} = leadingAlignments(gram, residuals, 4);
    const {realEigenvalues, eigenvectorMatrix} = new EigenvalueDecomposition(gradients.transpose().mmul(gradients).div(60), {assumeSymmetric: true});
    for (let k = 0; k < 4; k++) {
      const v = eigenvectorMatrix.getColumnVector(11 - k);
      close(curvatures[k]! / realEigenvalues[11 - k]!, 1, 1e-5);
      close(alignments[k]!, form(covariance, v) / form(metric, v), 1e-4);
    }
  });
  assert.equal(leaked, 0);
  gram.dispose();
});

test("the range in the space of samples is the range in the space of parameters, and holds every direction", () => {
  const {gradients, residuals} = sample(40, 6);
  const gram = gramTensor(gradients);
  let fromGram = {least: 0, greatest: 0, rank: 0};
  assert.equal(leakedTensors(() => (fromGram = alignmentRange(gram, residuals))), 0);
  const linear = linearAlignmentRange(gradients.to1DArray(), residuals);
  assert.equal(fromGram.rank, 6);
  close(fromGram.least, linear.least, 1e-4);
  close(fromGram.greatest, linear.greatest, 1e-4);
  const {covariance, metric} = explicit(gradients, residuals);
  for (let i = 0; i < 500; i++) {
    const v = Matrix.columnVector(Array.from({length: 6}, (_, j) => Math.sin((i + 1) * (j + 1) * 1.7) * (j + 1)));
    const g = form(covariance, v) / form(metric, v);
    assert.ok(g >= linear.least - 1e-12 && g <= linear.greatest + 1e-12, `${linear.least} ≤ ${g} ≤ ${linear.greatest}`);
  }
  gram.dispose();
});

test("with as many gradients as samples the infimum is 0 and the supremum an eigenvalue of diag(r²) − r rᵀ/N", () => {
  for (const residuals of [sample(12, 1).residuals, Float64Array.of(2, 0, 0, 0), Float64Array.of(3, -3, 1), new Float64Array(5).fill(0.7), Float64Array.of(1, 2)]) {
    const count = residuals.length, {gradients} = sample(count, 3 * count);
    const gram = gramTensor(gradients);
    const {least, greatest, rank} = alignmentRange(gram, residuals);
    const r = Matrix.columnVector([...residuals]);
    const matrix = Matrix.sub(Matrix.diag([...residuals.map((x) => x * x)]), r.mmul(r.transpose()).div(count));
    const eigenvalues = new EigenvalueDecomposition(matrix, {assumeSymmetric: true}).realEigenvalues.map((value) => (value * count) / r.norm() ** 2);
    assert.equal(rank, count);
    assert.equal(least, 0);
    close(Math.min(...eigenvalues), 0, 1e-12);
    close(greatest, Math.max(...eigenvalues), 1e-12);
    gram.dispose();
  }
});

test("the direction of equal r q has alignment 0, one sample alone that of its residual", () => {
  const residuals = Float64Array.of(0.5, -2, 1, 3);
  close(directionalAlignment(residuals.map((r) => 1 / r), residuals), 0, 1e-15);
  close(directionalAlignment([0, 0, 0, 1], residuals), (4 * 9 * 0.75) / 14.25, 1e-15);
});

test("a Gaussian linear model approaches 1 + (v·w)²/(|w|²|v|²) without label noise, between 1 and 2", () => {
  const count = 40_000;
  const inputs = normals(testStream(), 0, [count, 3], "inputs");
  const x = inputs.dataSync();
  const residuals = Float64Array.from({length: count}, (_, i) => x[3 * i]! + 2 * x[3 * i + 1]! - 2 * x[3 * i + 2]!);
  const image = (v: readonly number[]) => residuals.map((_, i) => v.reduce((sum, value, j) => sum + value * x[3 * i + j]!, 0));
  close(directionalAlignment(image([1, 2, -2]), residuals), 2, 0.08);
  close(directionalAlignment(image([2, -1, 0]), residuals), 1, 0.08);
  close(directionalAlignment(image([0, 1, 0]), residuals), 1 + 4 / 9, 0.08);
  const {least, greatest} = linearAlignmentRange(x, residuals);
  close(least, 1, 0.08);
  close(greatest, 2, 0.08);
  inputs.dispose();
});

test("what is not defined is refused", () => {
  const refused = (message: string | RegExp) => ({name: "RangeError", message});
  const gram = tf.eye(3);
  assert.throws(() => directionalAlignment([1, 2], Float64Array.of(1, 2, 3)), refused("image: expected 3 entries as there are residuals, found 2"));
  assert.throws(() => directionalAlignment([0, 0], Float64Array.of(1, 2)), refused(/^image: expected an entry that is not zero/));
  assert.throws(() => directionalAlignment([1, 0], new Float64Array(2)), refused(/^residuals: expected one that is not zero/));
  assert.throws(() => alignmentRange(gram, new Float64Array(3)), refused(/^residuals: expected one that is not zero/));
  assert.throws(() => alignmentRange(tf.zeros([3, 3]), Float64Array.of(1, 2, 3)), refused("gram: expected a positive eigenvalue, found at most 0"));
  assert.throws(() => linearAlignmentRange([1, 2, 3, 4, 5], Float64Array.of(1, 2)), refused("inputs: expected a multiple of the 2 residuals as length, found 5"));
  assert.throws(() => linearAlignmentRange([1, 2, 3, 4, 5, 6], Float64Array.of(1, 2)), refused(/positive definite/));
  gram.dispose();
});
