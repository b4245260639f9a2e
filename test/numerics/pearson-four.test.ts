import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gaussPower, incompleteBeta, integrate, logPearsonFourIntegral, pearsonFour } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);
const standard = (exponent: number, skewness: number) => pearsonFour({ exponent, skewness, location: 0, scale: 1 });

test("a rule with a power at one end integrates powers exactly", () => {
  for (const shape of [0.01, 0.5, 1, 3.3, 1000]) {
    const { nodes, weights } = gaussPower(8, shape);
    for (const degree of [0, 1, 7, 15]) near(nodes.reduce((sum, x, i) => sum + weights[i] * x ** degree, 0), shape / (shape + degree), 1e-12);
  }
});

test("probabilities meet 40-digit quadrature in both tails", () => {
  const cases: [number, number, number, number, number][] = [
    [2, 1, 0.3, 0.8530414891254408, 0.1469585108745592],
    [2, 1, 1e6, 1, 3.7638116031602074e-20],
    [2, 1, -1e6, 8.709707679070537e-19, 1],
    [1.2, -4, 3, 0.41836492657679071, 0.58163507342320929],
    [1.2, -4, -50, 8.6906527478461023e-8, 0.99999991309347252],
    [6, 10, -2, 0.033378858727639621, 0.96662114127236038],
    [6, 10, 40, 1, 9.1522989239028458e-28],
    [40, -120, 1.8, 0.89094705076177924, 0.10905294923822076],
    [40, -120, 0.4, 8.1469996960703967e-16, 0.99999999999999919],
  ];
  for (const [exponent, skewness, z, below, above] of cases) {
    near(standard(exponent, skewness).cdf(z), below, 2e-13);
    near(standard(exponent, skewness).survival(z), above, 2e-13);
  }
});

test("the normalising integral meets the gamma function of a complex argument", () => {
  near(logPearsonFourIntegral(0.55, 1), 3.8812171978452263, 1e-14);
  near(logPearsonFourIntegral(5, 20), 14.775170231291478, 1e-14);
  near(logPearsonFourIntegral(3, 1e4), 15665.089619719432, 1e-14);
});

test("without skewness it is Student's law, to any depth and up to the normal law", () => {
  for (const degrees of [0.2, 1, 3, 12]) {
    const law = pearsonFour({ exponent: (degrees + 1) / 2, skewness: 0, location: 5, scale: Math.sqrt(degrees) });
    for (const t of [0.1, 1, 10, 1e4, 1e12]) {
      const tail = incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
      near(law.cdf(5 - t), tail, 1e-11);
      near(law.survival(5 + t), tail, 1e-11);
    }
  }
  const wide = pearsonFour({ exponent: 5e7, skewness: 0, location: 0, scale: Math.sqrt(1e8) });
  near(wide.survival(1.959963984540054), 0.025, 1e-6);
});

test("far tails are pure powers: doubling x divides by 2^(2m - 1)", () => {
  const law = standard(2.3, 6);
  near(law.survival(1e60) / law.survival(2e60), 2 ** 3.6, 1e-12);
  near(law.cdf(-1e80) / law.cdf(-2e80), 2 ** 3.6, 1e-12);
  assert.equal(law.survival(Infinity), 0);
  assert.equal(law.cdf(Infinity), 1);
});

test("the distribution is the integral of the density, the tails complement, and quantiles invert", () => {
  const law = fc.record({ exponent: fc.double({ min: 0.6, max: 60, noNaN: true }), skewness: fc.double({ min: -80, max: 80, noNaN: true }) });
  fc.assert(
    fc.property(law, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), ({ exponent, skewness }, p) => {
      const found = pearsonFour({ exponent, skewness, location: -3, scale: 0.2 });
      const x = found.quantile(p);
      near(found.cdf(x), p, 1e-11);
      near(found.cdf(x) + found.survival(x), 1, 1e-12);
      const [low, high] = [found.quantile(p / 3), found.quantile(p + (1 - p) / 2)];
      near(integrate(found.density, low, high, { relativeTolerance: 1e-11 }).value, found.cdf(high) - found.cdf(low), 1e-9);
    }),
    { numRuns: 60, seed: 11 },
  );
});

test("mean and variance are those of the closed form", () => {
  const [exponent, skewness] = [4, 3];
  const law = standard(exponent, skewness);
  const moment = (k: number) => integrate((z) => z ** k * law.density(z), -Infinity, Infinity).value;
  const r = 2 * exponent - 2;
  near(moment(1), -skewness / r, 1e-9);
  near(moment(2) - moment(1) ** 2, (r * r + skewness ** 2) / (r * r * (r - 1)), 1e-9);
});

test("parameters outside the family are refused by name", () => {
  const good = { exponent: 2, skewness: 0, location: 0, scale: 1 };
  assert.throws(() => pearsonFour({ ...good, exponent: 0.5 }), /exponent: expected a finite number above 1\/2, found 0.5/);
  assert.throws(() => pearsonFour({ ...good, skewness: NaN }), /skewness/);
  assert.throws(() => pearsonFour({ ...good, scale: 0 }), /scale/);
  assert.throws(() => pearsonFour({ ...good, location: Infinity }), /location/);
  assert.throws(() => pearsonFour(good).cdf(NaN), /x: expected a number/);
  assert.throws(() => pearsonFour(good).quantile(1), /p: expected/);
});
