import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import erfc from "@stdlib/math-base-special-erfc";
import gammaln from "@stdlib/math-base-special-gammaln";
import { chebyshevTable, integrate, stableLaw } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);
const standard = (stability: number, skewness: number, tabulate = false) => stableLaw({ stability, skewness, scale: 1, location: 0 }, { tabulate });

test("stability 2 is the normal law of variance 2, far into the tail", () => {
  for (const skewness of [0, 0.7]) {
    const law = standard(2, skewness);
    near(law.density(0), 1 / Math.sqrt(4 * Math.PI), 1e-13);
    for (const x of [0.3, 1, 5, 10, 30]) {
      near(law.density(-x), Math.exp((-x * x) / 4) / Math.sqrt(4 * Math.PI), 1e-11);
      near(law.survival(x), erfc(x / 2) / 2, 1e-11);
      near(law.cdf(-x), erfc(x / 2) / 2, 1e-11);
    }
  }
});

test("stability 1 without skewness is the Cauchy law, reached continuously", () => {
  for (const x of [-1e9, -3, 0, 0.2, 40]) {
    near(standard(1, 0).density(x), 1 / (Math.PI * (1 + x * x)), 1e-14);
    near(standard(1, 0).cdf(x), Math.atan2(1, -x) / Math.PI, 1e-14);
    near(standard(1 + 1e-6, 0).cdf(x), Math.atan2(1, -x) / Math.PI, 1e-4);
  }
  for (const x of [-4, 0, 3]) near(standard(1 + 1e-7, 0.6).density(x), standard(1 - 1e-7, 0.6).density(x), 1e-5);
});

test("stability 1/2 fully skewed is Lévy's law from its shifted end on", () => {
  const law = standard(0.5, 1);
  for (const x of [-0.99, -0.9, 0, 5, 1e6]) {
    const distance = x + 1;
    near(law.cdf(x), erfc(1 / Math.sqrt(2 * distance)), 1e-11);
    near(law.density(x), Math.exp(-1 / (2 * distance)) / Math.sqrt(2 * Math.PI * distance ** 3), 1e-11);
  }
  assert.equal(law.cdf(-1), 0);
  assert.equal(law.density(-1.5), 0);
});

test("density and distribution meet the inverted characteristic function, 25-digit quadrature", () => {
  const cases: [number, number, number, number, number][] = [
    [1, 1, 2, 0.09552422613347716, 0.7041078620442088],
    [1, 1, -2, 0.00650763682207511, 0.0007071140564891781],
    [1, 0.5, 10, 0.005098395822514392, 0.9496725915932548],
    [1.5, 0.5, 3, 0.04284619301847882, 0.9212012247259922],
    [1.5, -1, 5, 7.343698739179363e-8, 0.9999999910846222],
    [1.5, 0.5, 0.5, 0.2541126866022295, 0.5983890784336222],
    [1.2, 0.8, -2.46, 0.01532985352831624, 0.02056143261285317],
    [0.8, -0.4, 1, 0.131126133416474, 0.8284711945582349],
    [1.3, 0.6, -1, 0.2047071894066572, 0.1770847377738302],
    [1.7, -0.9, 4, 0.001710726757127885, 0.998201945642467],
    [1.01, 0.7, 2, 0.08766297131324252, 0.7511818501396819],
    [1.05, -0.3, 0, 0.3028839949175248, 0.5352836381818968],
    [0.9, 0.2, -3, 0.02529368611815891, 0.09093576094902807],
    [1.95, 1, -4, 0.004023681867485679, 0.001690508928208868],
  ];
  for (const [stability, skewness, x, density, below] of cases) {
    near(standard(stability, skewness).density(x), density, 1e-11);
    near(standard(stability, skewness).cdf(x), below, 1e-11);
  }
});

test("the characteristic function of the tabulated density is the one stated", () => {
  for (const [stability, skewness] of [[1.5, 0.7]]) {
    const law = standard(stability, skewness, true);
    for (const u of [0.5, 2]) {
      const phase = -skewness * Math.tan((Math.PI * stability) / 2) * (u - u ** stability);
      const modulus = Math.exp(-(u ** stability));
      const periods = Array.from({ length: 400 }, (_, k) => [-200 + k, -199 + k].map((edge) => (edge * Math.PI) / u));
      const transform = (f: (x: number) => number) => periods.reduce((sum, [a, b]) => sum + integrate((x) => f(u * x) * law.density(x), a, b, { relativeTolerance: 1e-6, absoluteTolerance: 1e-9 }).value, 0);
      assert.ok(Math.abs(transform(Math.cos) - modulus * Math.cos(phase)) < 2e-5);
      assert.ok(Math.abs(transform(Math.sin) - modulus * Math.sin(phase)) < 2e-5);
    }
  }
});

test("across the end of a nearly one-sided law the power tail takes over from the exponential one", () => {
  const law = standard(0.5, -0.9999999999999992);
  assert.ok(law.survival(0.9) > 1e12 * law.survival(0.99));
  near(law.survival(0.999999), law.survival(1.000001), 1e-5);
});

test("far tails are the powers of the limit theorem, on both sides", () => {
  for (const [stability, skewness] of [[1.5, 0.3], [0.7, -0.5], [1.05, 0.9], [1, 0.5], [1, -0.9]]) {
    const law = standard(stability, skewness);
    const constant = (Math.sin((Math.PI * stability) / 2) * Math.exp(gammaln(stability))) / Math.PI;
    for (const x of [1e60, 1e100]) {
      near(law.survival(x), constant * (1 + skewness) * x ** -stability, 1e-9);
      near(law.cdf(-x), constant * (1 - skewness) * x ** -stability, 1e-9);
      near(law.density(x) * x, stability * law.survival(x), 1e-9);
    }
  }
});

test("tables agree with the integrals, quantiles invert, and the mirror image has the opposite skewness", () => {
  const law = fc.record({ stability: fc.double({ min: 0.5, max: 2, noNaN: true }), skewness: fc.double({ min: -1, max: 1, noNaN: true }) });
  fc.assert(
    fc.property(law, fc.double({ min: 1e-5, max: 1 - 1e-5, noNaN: true }), ({ stability, skewness }, p) => {
      const [table, exact] = [true, false].map((tabulate) => stableLaw({ stability, skewness, scale: 3, location: -2 }, { tabulate }));
      const x = table.quantile(p);
      near(exact.cdf(x), p, 2e-7);
      near(table.density(x), exact.density(x), 2e-7);
      near(table.survival(x), exact.survival(x), 2e-7);
      const mirrored = stableLaw({ stability, skewness: -skewness, scale: 3, location: 2 }, { tabulate: false });
      near(mirrored.survival(-x), exact.cdf(x), 1e-9);
      const [low, high] = [exact.quantile(p / 2), exact.quantile((1 + p) / 2)];
      near(integrate((y) => table.density(y), low, high, { relativeTolerance: 1e-7 }).value, 0.5, 1e-5);
    }),
    { numRuns: 25, seed: 5 },
  );
});

test("a table refuses what it cannot follow", () => {
  const table = chebyshevTable((x) => [Math.sin(x), Math.exp(x)], -3, 4, { tolerance: 1e-12 });
  for (const x of [-3, 0.1, 2.999, 4]) {
    assert.ok(Math.abs(table.at(0, x) - Math.sin(x)) < 1e-12);
    assert.ok(Math.abs(table.at(1, x) - Math.exp(x)) < 1e-11);
  }
  assert.throws(() => chebyshevTable((x) => [x < Math.SQRT1_2 ? 0 : 1], 0, 1), /chebyshevTable: no 1e-9 on/);
  assert.throws(() => chebyshevTable((x) => [1 / x], 0, 1, { count: 4, widest: 1, tolerance: NaN }), /tolerance/);
  assert.throws(() => chebyshevTable(() => [NaN], 0, 1), /functions\(.*\)\[0\]: expected a finite number/);
});

test("parameters outside the family are refused by name", () => {
  const good = { stability: 1.5, skewness: 0, scale: 1, location: 0 };
  assert.throws(() => stableLaw({ ...good, stability: 2.1 }), /stability: expected a number in \(0, 2\], found 2.1/);
  assert.throws(() => stableLaw({ ...good, skewness: -1.01 }), /skewness: expected a number in \[-1, 1\]/);
  assert.throws(() => stableLaw({ ...good, scale: -1 }), /scale/);
  assert.throws(() => stableLaw({ ...good, location: NaN }), /location/);
  assert.throws(() => stableLaw(good).density(NaN), /x: expected a number/);
});
