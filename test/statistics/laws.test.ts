import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { digamma, incompleteBeta, incompleteGamma, integrate, trigamma } from "../../src/numerics/index.ts";
import { chiSquareCdf, chiSquareQuantile, normalCdf, normalQuantile, studentTCdf, studentTQuantile } from "../../src/statistics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);

test("normal probabilities and quantiles have their published values, also far out", () => {
  near(normalQuantile(0.975), 1.959963984540054, 1e-14);
  near(normalCdf(-1.959963984540054), 0.025, 1e-13);
  near(normalCdf(-20), 2.7536241186062337e-89, 1e-12);
  near(normalQuantile(1e-20), -9.262340089798408, 1e-14);
  near(normalQuantile(0.01 - 1e-12), normalQuantile(0.01 + 1e-12), 1e-10);
  near(normalCdf(normalQuantile(1e-200)), 1e-200, 1e-10);
  assert.equal(normalCdf(0), 0.5);
});

test("chi-square quantiles have their published values", () => {
  near(chiSquareQuantile(0.95, 1), 3.841458820694124, 1e-12);
  near(chiSquareQuantile(0.025, 10), 3.2469727802368413, 1e-12);
  near(chiSquareQuantile(0.975, 200), 241.058, 1e-6);
  near(chiSquareCdf(2, 2), 1 - Math.exp(-1), 1e-14);
  near(chiSquareQuantile(1e-12, 3), (3e-12 * Math.sqrt(Math.PI / 2)) ** (2 / 3), 1e-7);
});

test("Student quantiles have their published values", () => {
  near(studentTQuantile(0.975, 10), 2.22813885, 1e-9);
  near(studentTQuantile(0.975, 1), Math.tan(0.475 * Math.PI), 1e-12);
  near(studentTQuantile(0.995, 4), 4.604094871349992, 1e-12);
  near(studentTQuantile(0.975, 1e7), 1.95996423, 1e-8);
  near(studentTCdf(-1, 1), 0.25, 1e-14);
  near(studentTCdf(1.5, 2), 0.5 + 1.5 / (2 * Math.sqrt(2 + 1.5 ** 2)), 1e-14);
  const upper = integrate((t) => (1 + (t * t) / 10) ** -5.5, studentTQuantile(0.975, 10), Infinity).value;
  near(upper / integrate((t) => (1 + (t * t) / 10) ** -5.5, -Infinity, Infinity).value, 0.025, 1e-9);
  assert.equal(studentTQuantile(0.5, 3), 0);
});

test("quantile and distribution function invert each other", () => {
  const p = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  fc.assert(
    fc.property(p, fc.double({ min: 0.4, max: 400, noNaN: true }), (probability, degrees) => {
      assert.ok(Math.abs(chiSquareCdf(chiSquareQuantile(probability, degrees), degrees) - probability) < 1e-11);
      assert.ok(Math.abs(studentTCdf(studentTQuantile(probability, degrees), degrees) - probability) < 1e-11);
      assert.ok(Math.abs(normalCdf(normalQuantile(probability)) - probability) < 1e-13);
    }),
  );
});

test("incomplete gamma and beta functions are their integrals", () => {
  for (const [shape, x] of [[0.5, 0.1], [2.5, 2.4], [30, 50], [7, 1]]) {
    const density = (t: number) => t ** (shape - 1) * Math.exp(-t);
    const below = integrate(density, 0, x).value;
    const { lower, upper } = incompleteGamma(shape, x);
    near(lower, below / (below + integrate(density, x, Infinity).value), 1e-9);
    near(lower + upper, 1, 1e-14);
  }
  near(incompleteGamma(3, 60).upper, Math.exp(-60) * (1 + 60 + 1800), 1e-12);
  for (const [a, b, x] of [[2, 3, 0.3], [0.5, 8, 0.7], [20, 4, 0.95]]) {
    const density = (t: number) => t ** (a - 1) * (1 - t) ** (b - 1);
    near(incompleteBeta(a, b, x), integrate(density, 0, x).value / integrate(density, 0, 1).value, 1e-8);
  }
});

test("digamma and trigamma satisfy their special values and recurrence", () => {
  near(-digamma(1), 0.5772156649015329, 1e-14);
  near(trigamma(1), Math.PI ** 2 / 6, 1e-14);
  near(trigamma(0.5), Math.PI ** 2 / 2, 1e-14);
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 60, noNaN: true }), (x) => {
      near(trigamma(x), trigamma(x + 1) + 1 / x ** 2, 1e-13);
      near(trigamma(x + 3), (digamma(x + 3.001) - digamma(x + 2.999)) / 0.002, 1e-5);
    }),
  );
});

test("bad arguments are refused by name", () => {
  assert.throws(() => normalQuantile(1), /RangeError: p: expected a number strictly between 0 and 1, found 1/);
  assert.throws(() => normalCdf(NaN), /RangeError: x: expected a number, found NaN/);
  assert.throws(() => chiSquareQuantile(0.5, 0), /RangeError: degreesOfFreedom: /);
  assert.throws(() => chiSquareCdf(-1, 2), /RangeError: x: /);
  assert.throws(() => studentTQuantile(NaN, 2), /RangeError: p: /);
  assert.throws(() => incompleteBeta(1, 1, 1.1), /RangeError: x: expected a number in \[0, 1\], found 1\.1/);
  assert.throws(() => trigamma(0), /RangeError: x: /);
});
