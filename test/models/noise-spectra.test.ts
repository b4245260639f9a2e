import assert from "node:assert/strict";
import {test} from "node:test";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {eigenvalueResolution, gradientNoise, gramMatrix, largestNoiseEigenvalues, noiseSpectra} from "../../src/models/index.ts";
import {explicitGradients, leakedTensors, smallNetwork} from "./small-networks.ts";

const eigenvalues = (matrix: Matrix) => new EigenvalueDecomposition(matrix, {assumeSymmetric: true}).realEigenvalues.sort((a, b) => b - a);

test("spectra agree with those of the explicit parameters × parameters matrices, factors of ½ included", () => {
  const {network, parameters, inputs, targets, free} = smallNetwork("tanh");
  const {residuals, loss} = gradientNoise(network, parameters, {inputs, targets});
  const gradients = new Matrix(explicitGradients(network, parameters, inputs));
  const lossGradients = Matrix.diag([...residuals]).mmul(gradients);
  const expected = {
    exact: eigenvalues(lossGradients.transpose().mmul(lossGradients).div(2 * 7)),
    decoupled: eigenvalues(gradients.transpose().mmul(gradients).mul(loss / 7)),
  };
  const leaked = leakedTensors(() => {
    const gram = gramMatrix(network, parameters, inputs);
    const spectra = noiseSpectra(gram, residuals);
    const largest = largestNoiseEigenvalues(gram, residuals);
    for (const kind of ["exact", "decoupled"] as const) {
      assert.equal(spectra[kind].length, 7);
      spectra[kind].forEach((value, i) => assert.ok(Math.abs(value - expected[kind][i]!) < 1e-6 * expected[kind][0]!, `${kind} ${i}`));
      assert.ok(expected[kind].slice(7).every((value) => Math.abs(value) < 1e-12));
      assert.ok(Math.abs(largest[kind] / expected[kind][0]! - 1) < 1e-5);
    }
    gram.dispose();
  });
  assert.equal(leaked, 0);
  free();
});

test("eigenvalues that should vanish stay below the stated resolution", () => {
  const {network, parameters, inputs, targets, free} = smallNetwork("linear", {samples: 60, widths: []});
  const {residuals} = gradientNoise(network, parameters, {inputs, targets});
  const gram = gramMatrix(network, parameters, inputs);
  const spectra = noiseSpectra(gram, residuals);
  for (const values of [spectra.exact, spectra.decoupled]) {
    const resolution = eigenvalueResolution(60, values[0]!);
    assert.deepEqual([...values].map((value) => value > resolution), [...Array(5).fill(true), ...Array(55).fill(false)]);
  }
  gram.dispose();
  free();
});

test("scaling the residuals scales the eigenvalues by its square, down to losses of 1e-30", () => {
  const {network, parameters, inputs, targets, free} = smallNetwork("relu");
  const {residuals} = gradientNoise(network, parameters, {inputs, targets});
  const gram = gramMatrix(network, parameters, inputs);
  const [spectra, tiny] = [1, 1e-15].map((factor) => noiseSpectra(gram, residuals.map((r) => r * factor)));
  for (const kind of ["exact", "decoupled"] as const) {
    tiny![kind].forEach((value, i) => assert.ok(Math.abs(value * 1e30 - spectra![kind][i]!) < 1e-6 * spectra![kind][0]!));
  }
  assert.throws(() => noiseSpectra(gram, new Float64Array(7)), {name: "RangeError", message: "residuals: expected a positive finite loss, found 0"});
  gram.dispose();
  free();
});
