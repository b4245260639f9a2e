import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import digamma from "@stdlib/math-base-special-digamma";
import { dataSetKestenIndex, findRoot, instabilityThresholds, isotropicKestenIndex, isotropicMeanSquareThreshold, kestenIndex, kestenSmallStepConstant, type IsotropicRegression } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const unit = { curvature: 1, ridge: 0, batchSize: 1 };
const anyRegression = fc.record({
  dimension: fc.integer({ min: 1, max: 20 }),
  curvature: fc.double({ min: 0.1, max: 5, noNaN: true }),
  ridge: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 3, noNaN: true })),
  batchSize: fc.integer({ min: 1, max: 32 }),
});

test("the table of SGD indices has its calibration values", () => {
  assert.equal(isotropicKestenIndex({ ...unit, dimension: 1, stepSize: 1 }).index?.toFixed(2), "1.09");
  assert.equal(isotropicKestenIndex({ ...unit, dimension: 5, stepSize: 0.28 }).index?.toFixed(2), "2.20");
});

test("at d = 5, γ = 0.36 SGD diverges: the top Lyapunov exponent is positive", () => {
  const found = isotropicKestenIndex({ ...unit, dimension: 5, stepSize: 0.36 });
  assert.equal(found.kind, "not stationary");
  assert.equal(found.index, undefined);
  near(found.lyapunovExponent, 0.0063434, 1e-4);
  assert.match(found.kind === "not stationary" ? found.reason : "", /= 0\.006343 is not negative/);
});

test("the index is 2 exactly at the mean-square threshold, for any dimension, batch, curvature and ridge", () => {
  fc.assert(fc.property(anyRegression, (regression) => {
    const stepSize = isotropicMeanSquareThreshold(regression);
    near(isotropicKestenIndex({ ...regression, stepSize }).index as number, 2, 1e-9);
  }), { numRuns: 15 });
});

test("without a ridge the threshold is 2B/(λ(d + B + 1)), that of the escape recursion", () => {
  for (const [dimension, batchSize] of [[1, 1], [5, 1], [3, 7]]) {
    near(isotropicMeanSquareThreshold({ dimension, batchSize, curvature: 2, ridge: 0 }), batchSize / (dimension + batchSize + 1), 1e-14);
    const { meanSquare } = instabilityThresholds({ eigenvalues: Array<number>(dimension).fill(2), batchSize, noise: "gaussian" });
    near(isotropicMeanSquareThreshold({ dimension, batchSize, curvature: 2, ridge: 0 }), meanSquare, 1e-12);
  }
});

/** `E M⁴` of `M² = (c - gS)² + g²SS'` from the moments of the two chi-square laws. */
function fourthMoment({ dimension, curvature, ridge, stepSize, batchSize }: IsotropicRegression): number {
  const [c, g, other] = [1 - stepSize * ridge, (stepSize * curvature) / batchSize, dimension - 1];
  const s = (k: number) => Array.from({ length: k }, (_, i) => batchSize + 2 * i).reduce((product, value) => product * value, 1);
  const square = c ** 4 - 4 * c ** 3 * g * s(1) + 6 * c * c * g * g * s(2) - 4 * c * g ** 3 * s(3) + g ** 4 * s(4);
  const mixed = 2 * g * g * other * (c * c * s(1) - 2 * c * g * s(2) + g * g * s(3));
  return square + mixed + g ** 4 * s(2) * other * (other + 2);
}

test("the index is 4 exactly where the fourth moment diverges", () => {
  for (const regression of [{ ...unit, dimension: 5 }, { dimension: 2, curvature: 2, ridge: 0.1, batchSize: 3 }, { dimension: 10, curvature: 1, ridge: 0, batchSize: 8 }]) {
    const threshold = isotropicMeanSquareThreshold(regression);
    const stepSize = findRoot((step) => fourthMoment({ ...regression, stepSize: step }) - 1, 0.01 * threshold, threshold);
    near(isotropicKestenIndex({ ...regression, stepSize }).index as number, 4, 1e-10);
  }
});

test("one dimension is the index of the recursion on the line, and a ridge only rescales it there", () => {
  for (const [stepSize, batchSize, known] of [[1, 1, 1.0908264730663146], [0.1, 1, 17.28458573402712], [0.5, 16, 36.57525330299892]]) {
    near(isotropicKestenIndex({ ...unit, dimension: 1, stepSize, batchSize }).index as number, known, 1e-11);
    near(kestenIndex({ stepSize, batchSize, inputs: { kind: "gaussian" } }).index as number, known, 1e-11);
  }
  const kept = 1 - 0.3 * 0.5;
  const { lyapunovExponent } = isotropicKestenIndex({ dimension: 1, curvature: 2, ridge: 0.5, stepSize: 0.3, batchSize: 4 });
  near(lyapunovExponent, Math.log(kept) + kestenIndex({ stepSize: 0.6 / kept, batchSize: 4, inputs: { kind: "gaussian" } }).lyapunovExponent, 1e-10);
});

test("a ridge that nearly undoes or overturns the step keeps the fourth moment right", () => {
  for (const ridge of [9.99, 10, 15]) {
    for (const [dimension, batchSize] of [[1, 1], [3, 2]]) {
      const at = (curvature: number) => ({ dimension, curvature, ridge, stepSize: 0.1, batchSize });
      const curvature = findRoot((value) => fourthMoment(at(value)) - 1, 1e-3, 100);
      near(isotropicKestenIndex(at(curvature)).index as number, 4, 1e-9);
    }
    const small = isotropicKestenIndex({ dimension: 1, curvature: 1e-4, ridge: 9.99, stepSize: 0.1, batchSize: 1 });
    assert.ok((small.index as number) > 1e5 && small.lyapunovExponent < -5);
  }
});

test("small steps approach the constant of one dimension in every dimension", () => {
  for (const dimension of [2, 5]) {
    const scaled = (stepSize: number) => ((isotropicKestenIndex({ dimension, curvature: 2, ridge: 0, stepSize, batchSize: 3 }).index as number) * stepSize * 2) / 3;
    const [near3, near4] = [scaled(1e-2), scaled(1e-3)].map((value) => Math.abs(value / kestenSmallStepConstant() - 1));
    assert.ok(near4 < 0.2 * near3 && near4 < 5e-3, `${near3} ${near4}`);
  }
});

test("the Lyapunov exponent has its closed form for large steps, where M² is nearly g²ST", () => {
  const [dimension, batchSize, stepSize] = [6, 3, 1e9];
  const found = isotropicKestenIndex({ dimension, curvature: 1, ridge: 0, stepSize, batchSize });
  const meanLog = (degrees: number) => digamma(degrees / 2) + Math.LN2;
  near(found.lyapunovExponent, Math.log(stepSize / batchSize) + (meanLog(batchSize) + meanLog(batchSize + dimension - 1)) / 2, 1e-7);
});

test("an index near 0 is found: the exponent decides stationarity to its last digits", () => {
  const critical = findRoot((step) => isotropicKestenIndex({ ...unit, dimension: 5, stepSize: step }).lyapunovExponent, 0.3, 0.36, { tolerance: 1e-10 });
  const [before, after] = [isotropicKestenIndex({ ...unit, dimension: 5, stepSize: critical - 1e-6 }), isotropicKestenIndex({ ...unit, dimension: 5, stepSize: critical + 1e-6 })];
  assert.ok(before.kind === "power law" && before.index > 0 && before.index < 1e-4);
  assert.equal(after.kind, "not stationary");
});

test("a finite data set has the root of its own factors, or bounded support, or diverges", () => {
  const inputs = [0.5, -1.5, 2, 0.1];
  const found = dataSetKestenIndex({ inputs, ridge: 0.1, stepSize: 0.7 });
  const factors = inputs.map((a) => Math.abs(1 - 0.7 * (a * a + 0.1)));
  near(found.index as number, findRoot((p) => factors.reduce((sum, factor) => sum + factor ** p, 0) / 4 - 1, 0.1, 50), 1e-11);
  const bounded = dataSetKestenIndex({ inputs, ridge: 0, stepSize: 0.5 });
  assert.equal(bounded.kind, "no power law");
  assert.equal(bounded.index, Infinity);
  assert.equal(dataSetKestenIndex({ inputs, ridge: 0, stepSize: 20 }).kind, "not stationary");
  near(dataSetKestenIndex({ inputs: [0, Math.SQRT2], ridge: 0, stepSize: 1.5 }).lyapunovExponent, Math.log(2) / 2, 1e-12);
});

test("bad input is refused by name", () => {
  assert.throws(() => isotropicKestenIndex({ ...unit, dimension: 0, stepSize: 1 }), /RangeError: dimension: expected an integer of at least 1, found 0/);
  assert.throws(() => isotropicKestenIndex({ ...unit, dimension: 1, stepSize: -1 }), /RangeError: stepSize: /);
  assert.throws(() => isotropicMeanSquareThreshold({ ...unit, dimension: 1, ridge: Infinity }), /RangeError: ridge: /);
  assert.throws(() => dataSetKestenIndex({ inputs: [], ridge: 0, stepSize: 1 }), /RangeError: inputs\.length: /);
  assert.throws(() => dataSetKestenIndex({ inputs: [1, NaN], ridge: 0, stepSize: 1 }), /RangeError: inputs\[1\]: /);
});
