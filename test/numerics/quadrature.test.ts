import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import gammaln from "@stdlib/math-base-special-gammaln";
import { gaussChi, gaussHermite, gaussLaguerre, gaussLegendre, integrate, type QuadratureRule } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);
const sum = ({ nodes, weights }: QuadratureRule, f: (x: number) => number) => nodes.reduce((total, x, i) => total + weights[i] * f(x), 0);

test("three-point rules have the textbook nodes and weights", () => {
  near(gaussLegendre(3).nodes[2], Math.sqrt(0.6), 1e-15);
  near(gaussLegendre(3).weights[1], 8 / 9, 1e-15);
  near(gaussHermite(3).nodes[2], Math.sqrt(3), 1e-15);
  near(gaussHermite(3).weights[1], 2 / 3, 1e-15);
  near(gaussLaguerre(2).nodes[0], 2 - Math.SQRT2, 1e-14);
  near(gaussLaguerre(2).weights[0], (2 + Math.SQRT2) / 4, 1e-14);
  near(gaussChi(1, 1).nodes[0], Math.sqrt(2 / Math.PI), 1e-13);
});

test("n nodes integrate x^(2n-1) exactly and x^(2n) not", () => {
  for (const count of [1, 2, 5, 12]) {
    const moment = (degree: number) => sum(gaussLegendre(count, 0, 1), (x) => x ** degree);
    near(moment(2 * count - 1), 1 / (2 * count), 1e-13);
    if (count < 12) assert.ok(Math.abs(moment(2 * count) * (2 * count + 1) - 1) > 1e-7);
  }
  for (const count of [1, 2, 5, 8]) {
    const factorial = (n: number) => Math.exp(gammaln(n + 1));
    near(sum(gaussLaguerre(count), (x) => x ** (2 * count - 1)), factorial(2 * count - 1), 1e-12);
    assert.ok(Math.abs(sum(gaussLaguerre(count), (x) => x ** (2 * count)) / factorial(2 * count) - 1) > 1e-6);
  }
});

test("Gamma, normal and chi moments hold for large rules and every shape", () => {
  for (const count of [16, 64, 128]) {
    for (const shape of [0.5, 1, 3.7, 500]) {
      const moment = (k: number) => Math.exp(gammaln(shape + k) - gammaln(shape));
      for (const k of [0, 1, 3]) near(sum(gaussLaguerre(count, shape), (x) => x ** k), moment(k), 1e-11);
    }
    for (const degrees of [1, 2, 16, 1000]) {
      const moment = (k: number) => Math.exp((k / 2) * Math.LN2 + gammaln((degrees + k) / 2) - gammaln(degrees / 2));
      for (const k of [0, 1, 2, 5]) near(sum(gaussChi(count, degrees), (x) => x ** k), moment(k), 1e-11);
    }
  }
  near(sum(gaussHermite(201), Math.cos), Math.exp(-0.5), 1e-14);
  near(sum(gaussHermite(201), (x) => x ** 12), 10395, 1e-13);
});

test("weights are positive and nodes increase", () => {
  for (const rule of [gaussLegendre(60), gaussHermite(60), gaussLaguerre(60, 0.5), gaussChi(60, 3)]) {
    assert.ok(rule.weights.every((weight) => weight > 0));
    assert.ok(rule.nodes.every((node, i) => i === 0 || node > rule.nodes[i - 1]));
  }
});

test("adaptive integration meets closed forms within its own error", () => {
  const cases: [(x: number) => number, number, number, number][] = [
    [(x) => Math.exp(-x * x), -Infinity, Infinity, Math.sqrt(Math.PI)],
    [(x) => 1 / Math.sqrt(x), 0, 1, 2],
    [(x) => Math.exp(-x), 2, Infinity, Math.exp(-2)],
    [(x) => 1 / (1 + x * x), -Infinity, 1, 0.75 * Math.PI],
    [(x) => Math.abs(x - Math.SQRT1_2) ** 0.3, 0, 1, (Math.SQRT1_2 ** 1.3 + (1 - Math.SQRT1_2) ** 1.3) / 1.3],
    [(x) => Math.sin(x), 0, 2 * Math.PI, 0],
  ];
  for (const [f, lower, upper, expected] of cases) {
    const { value, absoluteError } = integrate(f, lower, upper, { absoluteTolerance: 1e-13 });
    assert.ok(Math.abs(value - expected) <= 3 * absoluteError + 1e-14, `${value} ± ${absoluteError} against ${expected}`);
    assert.ok(absoluteError <= 1e-9);
  }
  assert.equal(integrate(Math.exp, 1, 1).value, 0);
});

test("polynomials of degree at most 2n - 1 are exact on any interval", () => {
  const coefficients = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(coefficients, fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true }), (c, lower, width) => {
      const upper = lower + width;
      const exact = c.reduce((total, a, k) => total + (a * (upper ** (k + 1) - lower ** (k + 1))) / (k + 1), 0);
      const scale = c.reduce((total, a) => total + Math.abs(a), 0) * 8 ** c.length;
      const found = sum(gaussLegendre(4, lower, upper), (x) => c.reduceRight((value, a) => value * x + a, 0));
      assert.ok(Math.abs(found - exact) <= 1e-14 * scale + 1e-300);
    }),
  );
});

test("bad input is refused by name", () => {
  assert.throws(() => gaussHermite(0), /RangeError: count: expected an integer of at least 1, found 0/);
  assert.throws(() => gaussLegendre(4, 1, 1), /RangeError: upper: expected a number above lower = 1, found 1/);
  assert.throws(() => gaussLaguerre(4, 0), /RangeError: shape: expected a finite number above 0, found 0/);
  assert.throws(() => gaussChi(4, 1.5), /RangeError: degrees: /);
  assert.throws(() => gaussChi(300, 1), /RangeError: /);
  assert.throws(() => integrate(Math.log, NaN, 1), /RangeError: lower: /);
  assert.throws(() => integrate((x) => (x > 0.4 ? NaN : 1), 0, 1), /RangeError: integrand\(0\.\d+\): expected a finite number, found NaN/);
  assert.throws(() => integrate((x) => Math.sin(1 / x) / x, 0, 1), /2000 pieces/);
});
