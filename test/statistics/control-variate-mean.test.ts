import assert from "node:assert/strict";
import { test } from "node:test";
import { createStream } from "../../src/random/index.ts";
import { controlVariateMean, linearRegression, polynomialFit } from "../../src/statistics/index.ts";

const random = createStream({ seed: 3, experiment: "control variates", cell: "normals", block: 0 }).generator("values");

test("what the controls explain is taken out, the rest is the error", () => {
  const count = 4000;
  const controls = [0, 1].map(() => random.normals(count));
  const noise = random.normals(count);
  const values = noise.map((value, i) => 2 + 5 * controls[0]![i]! - 3 * controls[1]![i]! + 0.1 * value);
  const plain = controlVariateMean(values, []);
  const { estimate, standardError, adjusted } = controlVariateMean(values, controls);
  assert.ok(Math.abs(plain.standardError - Math.sqrt(34 / count)) < 0.05 * plain.standardError);
  assert.ok(Math.abs(standardError - 0.1 / Math.sqrt(count)) < 0.05 * standardError, String(standardError));
  assert.ok(Math.abs(estimate - 2) < 5 * standardError);
  assert.ok(Math.abs(adjusted.reduce((sum, value) => sum + value, 0) / count - estimate) < 1e-12);
});

test("an exact combination of controls leaves no error, and its mean", () => {
  const control = Float64Array.of(-3, -1, 0, 1, 2, 1.5);
  const { estimate, standardError } = controlVariateMean(control.map((value) => 7 + 4 * value), [control]);
  assert.ok(Math.abs(estimate - 7) < 1e-12 && standardError < 1e-12);
});

test("a weighted line is that of linear regression, a parabola goes through three points", () => {
  const points = { x: [1, 2, 3, 5], y: [1, 2.5, 2, 6], standardErrors: [0.1, 0.2, 0.3, 0.4] };
  const line = polynomialFit({ ...points, degree: 1 });
  const { intercept, slope, interceptStandardError, slopeStandardError } = linearRegression(points);
  [intercept, slope].forEach((value, k) => assert.ok(Math.abs(line.coefficients[k]! - value) < 1e-12));
  [interceptStandardError, slopeStandardError].forEach((value, k) => assert.ok(Math.abs(line.standardErrors[k]! - value) < 1e-12));
  const { coefficients } = polynomialFit({ x: [-1, 0, 2], y: [6, 3, 9], standardErrors: [1, 2, 3], degree: 2 });
  [3, -1, 2].forEach((value, k) => assert.ok(Math.abs(coefficients[k]! - value) < 1e-9, coefficients.join()));
});

test("bad input is refused by name", () => {
  assert.throws(() => controlVariateMean([1, 2, 3], [[1, 2, 3]]), /values\.length: expected at least 4 values, found 3/);
  assert.throws(() => controlVariateMean([1, 2, 3, 4], [[1, 2]]), /controls\[0\]\.length: expected 4/);
  assert.throws(() => controlVariateMean([1, 2, 3, 4], [[5, 5, 5, 5]]), /controls\[0\]: expected a control that varies, found 0/);
  assert.throws(() => polynomialFit({ x: [1, 1, 1], y: [1, 2, 3], standardErrors: [1, 1, 1], degree: 2 }), /x: expected at least 3 different values, found 1/);
  assert.throws(() => polynomialFit({ x: [1, 2], y: [1, 2], standardErrors: [1, 0], degree: 1 }), /standardErrors\[1\]: expected a finite number above 0, found 0/);
});
