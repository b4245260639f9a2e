import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { determinant, Matrix } from "ml-matrix";
import { equivalenceTest, holm, kolmogorovSmirnov, kolmogorovSmirnovPValue, minimumDetectableEffect, normalCdf, zTest } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);

test("Holm's adjustment of a worked example", () => {
  const { adjusted, rejected } = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((expected, i) => near(adjusted[i], expected, 1e-14));
  assert.deepEqual(rejected, [true, false, false, true]);
  assert.deepEqual(holm([0.9, 0.8]).adjusted, [1, 1]);
});

test("Holm lies between no correction and Bonferroni's and keeps the order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (p) => {
      const { adjusted } = holm(p);
      adjusted.forEach((value, i) => {
        assert.ok(value >= p[i] && value <= Math.min(1, p.length * p[i]) + 1e-15);
        adjusted.forEach((other, j) => assert.ok(p[i] > p[j] || value <= other));
      });
    }),
  );
});

test("Holm keeps the chance of a false rejection where uncorrected tests do not", () => {
  const random = seededSource(11);
  const runs = 4000;
  let [corrected, uncorrected] = [0, 0];
  for (let run = 0; run < runs; run += 1) {
    const p = Array.from({ length: 8 }, () => random.uniform());
    if (holm(p).rejected.some(Boolean)) corrected += 1;
    if (p.some((value) => value <= 0.05)) uncorrected += 1;
  }
  const budget = 0.05 + 4.8 * Math.sqrt((0.05 * 0.95) / runs);
  assert.ok(corrected / runs < budget, `${corrected / runs}`);
  assert.ok(uncorrected / runs > budget);
});

test("the z-test of 1.96 standard errors has p = 0.05, on both sides", () => {
  near(zTest({ estimate: 5, expected: 5 - 0.2 * 1.959963984540054, standardError: 0.2 }).pValue, 0.05, 1e-12);
  near(zTest({ estimate: -3, expected: 0, standardError: 1 }).pValue, 0.0026997960632601866, 1e-12);
  assert.ok(zTest({ estimate: -3, expected: 0, standardError: 1 }).z === -3);
});

test("equivalence needs a small difference and a small standard error, and agrees with its interval", () => {
  assert.ok(equivalenceTest({ estimate: 1.01, expected: 1, standardError: 0.005, margin: 0.03 }).equivalent);
  assert.ok(!equivalenceTest({ estimate: 1.01, expected: 1, standardError: 0.02, margin: 0.03 }).equivalent);
  assert.ok(!equivalenceTest({ estimate: 1.05, expected: 1, standardError: 0.001, margin: 0.03 }).equivalent);
  const value = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 2, noNaN: true }), (estimate, expected, standardError, margin) => {
      const { equivalent, interval, pValue } = equivalenceTest({ estimate, expected, standardError, margin });
      near(interval.level, 0.9, 1e-14);
      fc.pre(Math.abs(pValue - 0.05) > 1e-9);
      assert.equal(equivalent, interval.low > expected - margin && interval.high < expected + margin);
    }),
  );
});

test("at the margin equivalence is declared with probability close to its level", () => {
  const random = seededSource(5);
  const runs = 8000;
  let declared = 0;
  for (let run = 0; run < runs; run += 1) {
    if (equivalenceTest({ estimate: 0.3 + 0.05 * random.normal(), expected: 0, standardError: 0.05, margin: 0.3 }).equivalent) declared += 1;
  }
  assert.ok(Math.abs(declared / runs - 0.05) < 4.9 * Math.sqrt((0.05 * 0.95) / runs), `${declared / runs}`);
});

test("the minimum detectable effect is found with the stated power", () => {
  const effect = minimumDetectableEffect(0.7);
  near(effect, 0.7 * 2.801585218, 1e-9);
  const reached = normalCdf(effect / 0.7 - 1.959963984540054);
  near(reached, 0.8, 1e-10);
});

test("Kolmogorov–Smirnov p-values have their published values", () => {
  near(1 - kolmogorovSmirnovPValue(10, 0.274), 0.628479615, 1e-8);
  near(kolmogorovSmirnovPValue(1, 0.8), 0.4, 1e-12);
  near(kolmogorovSmirnovPValue(2, 0.75), 2 * 0.25 ** 2, 1e-12);
  near(kolmogorovSmirnovPValue(2, 0.6), 2 * 0.4 ** 2, 1e-12);
  near(kolmogorovSmirnovPValue(1e6, 1.3580986e-3), 0.05, 2e-3);
  for (const count of [200, 1000, 4000]) near(kolmogorovSmirnovPValue(count, 60.001 / count), kolmogorovSmirnovPValue(count, 59.999 / count), 0.02);
  assert.equal(kolmogorovSmirnovPValue(5, 1), 0);
  assert.equal(kolmogorovSmirnovPValue(5, 0.1), 1);
});

/** `P(D_n < d)` as Steck's determinant `n! det[((v_i - u_j)+)^(j-i+1) / (j-i+1)!]`. */
function steck(count: number, d: number): number {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const indices = Array.from({ length: count }, (_, i) => i);
  const rows = indices.map((i) =>
    indices.map((j) => {
      const width = Math.min(1, i / count + d) - Math.max(0, (j + 1) / count - d);
      return j < i - 1 ? 0 : j === i - 1 ? 1 : Math.max(0, width) ** (j - i + 1) / factorial(j - i + 1);
    }),
  );
  return factorial(count) * determinant(new Matrix(rows));
}

test("exact p-values agree with Steck's determinant", () => {
  for (const [count, d] of [[5, 0.25], [5, 0.33], [6, 0.28], [8, 0.22], [8, 0.35]]) near(1 - kolmogorovSmirnovPValue(count, d), steck(count, d), 1e-9);
});

test("the statistic is the largest gap on either side of a step", () => {
  const uniform = (x: number) => Math.min(1, Math.max(0, x));
  near(kolmogorovSmirnov([0.9, 0.5, 0.8], uniform).statistic, 0.5, 1e-15);
  near(kolmogorovSmirnov([0.1, 0.2, 0.3], uniform).statistic, 0.7, 1e-15);
});

test("Kolmogorov–Smirnov accepts the right law, p = 1e-5 at fixed seeds, and rejects one that is 10 % too wide", () => {
  for (const count of [60, 20000]) {
    const random = seededSource(count);
    const values = Float64Array.from({ length: count }, () => random.normal());
    assert.ok(kolmogorovSmirnov(values, normalCdf).pValue > 1e-5);
    if (count > 1000) assert.ok(kolmogorovSmirnov(values, (x) => normalCdf(x / 1.1)).pValue < 1e-5);
  }
});

test("its p-values are uniform for small and large samples", () => {
  for (const [count, runs] of [[12, 2000], [150, 2000]]) {
    const random = seededSource(count + 1);
    const p = Float64Array.from({ length: runs }, () => kolmogorovSmirnov(Float64Array.from({ length: count }, () => random.uniform()), (x) => x).pValue);
    assert.ok(kolmogorovSmirnov(p, (x) => x).pValue > 1e-5);
  }
});

test("bad input is refused by name", () => {
  assert.throws(() => holm([]), /RangeError: pValues\.length: expected at least 1 p-value, found 0/);
  assert.throws(() => holm([0.1, NaN]), /RangeError: pValues\[1\]: expected a number in \[0, 1\], found NaN/);
  assert.throws(() => zTest({ estimate: 1, expected: 1, standardError: 0 }), /RangeError: standardError: expected a finite number above 0, found 0/);
  assert.throws(() => zTest({ estimate: NaN, expected: 1, standardError: 1 }), /RangeError: estimate: /);
  assert.throws(() => equivalenceTest({ estimate: 1, expected: 1, standardError: 1, margin: 0 }), /RangeError: margin: /);
  assert.throws(() => equivalenceTest({ estimate: 1, expected: 1, standardError: 1, margin: 1, level: 0.5 }), /RangeError: level: /);
  assert.throws(() => minimumDetectableEffect(-1), /RangeError: standardError: /);
  assert.throws(() => minimumDetectableEffect(1, { power: 1 }), /RangeError: power: /);
  assert.throws(() => kolmogorovSmirnov([], normalCdf), /RangeError: values\.length: /);
  assert.throws(() => kolmogorovSmirnov([1, NaN], normalCdf), /RangeError: values\[1\]: /);
  assert.throws(() => kolmogorovSmirnov([2], (x) => x), /RangeError: cdf\(2\): expected a number in \[0, 1\], found 2/);
});
