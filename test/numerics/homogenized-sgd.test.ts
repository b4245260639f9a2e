import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { homogenizedMeanSquareThreshold, homogenizedStationaryLoss, homogenizedTailIndexBounds, ridgeSolution } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const sgd = { eigenvalues: [1, 0.5], ridge: 0, stepSize: 0.3, batchSize: 1 };
const magnitude = fc.double({ min: 0.01, max: 10, noNaN: true });
const anySgd = fc.record({
  eigenvalues: fc.array(magnitude, { minLength: 1, maxLength: 5 }),
  ridge: fc.oneof(fc.constant(0), magnitude),
  stepSize: magnitude,
  batchSize: fc.integer({ min: 1, max: 64 }),
});

test("the bounds have their calibration values, and a gap of effective rank minus one for small steps", () => {
  const bounds = homogenizedTailIndexBounds(sgd);
  assert.equal(bounds.lower.toFixed(4), "7.1667");
  assert.equal(bounds.upper.toFixed(4), "7.6667");
  near(bounds.upper - bounds.lower, 0.5, 1e-12);
  assert.equal(bounds.attainedAt, 1);
});

test("equal eigenvalues give 2 - d + 2B(λ + δ)/(γλ²) from below, which may say nothing", () => {
  const isotropic = (dimension: number, stepSize: number) => homogenizedTailIndexBounds({ eigenvalues: Array(dimension).fill(2), ridge: 0.5, stepSize, batchSize: 3 });
  near(isotropic(5, 0.1).lower, 2 - 5 + (2 * 3 * 2.5) / (0.1 * 4), 1e-12);
  assert.equal(isotropic(5, 0.1).informative, true);
  assert.equal(isotropic(5, 2).informative, false);
});

test("the lower bound is the least of its values on [λ_d, λ_1], also where γ tr H > 2B", () => {
  fc.assert(fc.property(anySgd, (any) => {
    const { eigenvalues, ridge, stepSize, batchSize } = any;
    const trace = eigenvalues.reduce((sum, value) => sum + value, 0);
    const at = (s: number) => 2 + (2 * batchSize * (s + ridge)) / (stepSize * s * s) - trace / s;
    const [from, to] = [Math.min(...eigenvalues), Math.max(...eigenvalues)];
    const { lower, attainedAt } = homogenizedTailIndexBounds(any);
    const scale = 1e-12 * (2 + (2 * batchSize * (from + ridge)) / (stepSize * from * from) + trace / from);
    for (let i = 0; i <= 200; i += 1) assert.ok(at(from + ((to - from) * i) / 200) >= lower - scale);
    assert.ok(attainedAt >= from * (1 - 1e-12) && attainedAt <= to * (1 + 1e-12) && Math.abs(at(attainedAt) - lower) <= scale);
  }));
});

test("index 2 separates finite from infinite second moments: the bounds enclose the threshold", () => {
  fc.assert(fc.property(anySgd, (any) => {
    const threshold = homogenizedMeanSquareThreshold(any);
    assert.ok(homogenizedTailIndexBounds({ ...any, stepSize: threshold * (1 + 1e-9) }).lower <= 2 + 1e-6);
    assert.ok(homogenizedTailIndexBounds({ ...any, stepSize: threshold * (1 - 1e-9) }).upper >= 2 - 1e-6);
  }));
});

/** Stationary second moments by the equations `d E X = 0` and `d E(X - m)(X - m)ᵀ = 0`, iterated in time. */
function relaxedLoss(any: typeof sgd, fit: { solution: number[]; loss: number }): number {
  const { eigenvalues, ridge, stepSize, batchSize } = any;
  let [mean, second] = [eigenvalues.map(() => 0), eigenvalues.map(() => 0)];
  let loss = 0;
  for (let t = 0; t < 40000; t += 1) {
    loss = fit.loss + second.reduce((sum, value, i) => sum + (eigenvalues[i] * value) / 2, 0);
    const pulls = mean.map((y, i) => eigenvalues[i] * y + ridge * (y + fit.solution[i]));
    second = second.map((value, i) => value + 0.1 * (-2 * stepSize * ((eigenvalues[i] + ridge) * value + ridge * fit.solution[i] * mean[i]) + (stepSize ** 2 * 2 * loss * eigenvalues[i]) / batchSize));
    mean = mean.map((y, i) => y - 0.1 * stepSize * pulls[i]);
  }
  return loss;
}

test("the stationary loss is what the moment equations relax to", () => {
  const any = { eigenvalues: [1, 0.5, 0.2], ridge: 0.1, stepSize: 0.4, batchSize: 1 };
  const fit = { solution: [1, -2, 0.5], loss: 0.3 };
  const found = homogenizedStationaryLoss(any, fit);
  assert.equal(found.kind, "finite");
  near(found.loss as number, relaxedLoss(any, fit), 1e-10);
  ridgeSolution(any, fit).forEach((x, i) => near(x, (any.eigenvalues[i] * fit.solution[i]) / (any.eigenvalues[i] + 0.1), 1e-14));
});

test("beyond the threshold the loss is refused with the ratio of the step to it", () => {
  const fit = { solution: [0, 0], loss: 1 };
  near(homogenizedMeanSquareThreshold(sgd), 4 / 3, 1e-14);
  const found = homogenizedStationaryLoss({ ...sgd, stepSize: 2 }, fit);
  assert.equal(found.kind, "infinite");
  assert.equal(found.loss, undefined);
  near(found.stepRatio, 1.5, 1e-14);
  assert.match(found.kind === "infinite" ? found.reason : "", /1\.500 of the mean-square threshold/);
});

test("bad input is refused by name", () => {
  assert.throws(() => homogenizedTailIndexBounds({ ...sgd, eigenvalues: [] }), /RangeError: eigenvalues\.length: expected at least 1 value, found 0/);
  assert.throws(() => homogenizedTailIndexBounds({ ...sgd, eigenvalues: [1, 0] }), /RangeError: eigenvalues\[1\]: expected a finite number above 0, found 0/);
  assert.throws(() => homogenizedTailIndexBounds({ ...sgd, ridge: -0.1 }), /RangeError: ridge: /);
  assert.throws(() => homogenizedTailIndexBounds({ ...sgd, stepSize: NaN }), /RangeError: stepSize: .*found NaN/);
  assert.throws(() => homogenizedMeanSquareThreshold({ ...sgd, batchSize: 0 }), /RangeError: batchSize: /);
  assert.throws(() => homogenizedStationaryLoss(sgd, { solution: [1], loss: 1 }), /RangeError: fit\.solution\.length: expected 2, the length of eigenvalues, found 1/);
  assert.throws(() => homogenizedStationaryLoss(sgd, { solution: [1, 2], loss: -1 }), /RangeError: fit\.loss: /);
});
