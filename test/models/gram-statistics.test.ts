import assert from "node:assert/strict";
import {test} from "node:test";
import {Matrix} from "ml-matrix";
import {gradientNoise, gramMatrix, gramStatistics} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import {explicitGradients, leakedTensors, smallNetwork} from "./small-networks.ts";

function setting(activation: "relu" | "tanh") {
  const {network, parameters, inputs, targets, free} = smallNetwork(activation);
  const gradients = new Matrix(explicitGradients(network, parameters, inputs));
  const noise = gradientNoise(network, parameters, {inputs, targets});
  const gram = gramMatrix(network, parameters, inputs);
  const statistics = gramStatistics(gram, noise.residuals);
  gram.dispose();
  free();
  return {gradients, noise, statistics};
}

const assertClose = (found: number, expected: number, name: string) =>
  assert.ok(Math.abs(found - expected) <= 2e-5 * Math.abs(expected), `${name}: ${found} against ${expected}`);

for (const activation of ["relu", "tanh"] as const) {
  test(`loss, noise and alignment agree with explicit covariance matrices: ${activation}`, () => {
    const {gradients, noise, statistics} = setting(activation);
    const {residuals} = noise;
    const count = residuals.length;
    const lossGradients = Matrix.diag([...residuals]).mmul(gradients);
    const mean = lossGradients.mean("column");
    const gaussNewton = gradients.transpose().mmul(gradients).div(count);
    const secondMoment = lossGradients.transpose().mmul(lossGradients).div(count);
    const covariance = Matrix.sub(secondMoment, Matrix.columnVector(mean).mmul(Matrix.rowVector(mean)));
    const loss = residuals.reduce((sum, r) => sum + r * r, 0) / (2 * count);
    const expected = {
      loss,
      meanSquaredGradientNorm: gaussNewton.trace(),
      squaredLossGradient: mean.reduce((sum, x) => sum + x * x, 0),
      noise: covariance.trace(),
    };
    for (const [name, value] of Object.entries(expected)) {
      assertClose(statistics[name as keyof typeof expected], value, name);
      assertClose(noise[name as keyof typeof expected], value, `linear-time ${name}`);
    }
    const scale = 2 * loss * gaussNewton.norm("frobenius") ** 2;
    assertClose(statistics.alignment, secondMoment.mmul(gaussNewton).trace() / scale, "alignment");
    assertClose(statistics.centredAlignment, covariance.mmul(gaussNewton).trace() / scale, "centred alignment");
    assertClose(noise.traceRatio, secondMoment.trace() / (2 * loss * gaussNewton.trace()), "trace ratio");
  });

  test(`the bounds of the alignment are those of the row energies and hold: ${activation}`, () => {
    const {gradients, statistics} = setting(activation);
    const gram = gradients.mmul(gradients.transpose());
    const energies = gram.mmul(gram).diagonal();
    const mean = energies.reduce((sum, s) => sum + s, 0) / energies.length;
    assertClose(statistics.leastAlignment, Math.min(...energies) / mean, "least");
    assertClose(statistics.greatestAlignment, Math.max(...energies) / mean, "greatest");
    assert.ok(statistics.leastAlignment <= statistics.alignment && statistics.alignment <= statistics.greatestAlignment);
  });
}

test("equal residuals make decoupling exact: alignment and trace ratio are 1", () => {
  const {network, parameters, inputs, free} = smallNetwork("relu");
  const gram = gramMatrix(network, parameters, inputs);
  assertClose(gramStatistics(gram, new Float64Array(7).fill(-0.4)).alignment, 1, "alignment");
  gram.dispose();
  free();
});

test("vanishing residuals and a wrong shape are refused", () => {
  const gram = tf.eye(3);
  assert.equal(leakedTensors(() => gramStatistics(gram, Float64Array.of(1, 2, 3))), 0);
  assert.throws(() => gramStatistics(gram, new Float64Array(3)), {name: "RangeError", message: /^residuals: expected one that is not zero/});
  assert.throws(() => gramStatistics(gram, new Float64Array(4)), {name: "RangeError", message: "gram: expected shape (4, 4) as there are 4 residuals, found (3,3)"});
  gram.dispose();
});
