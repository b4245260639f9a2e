import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { integrate } from "../../src/numerics/index.ts";
import { censoredExponential, contains, normalCdf, studentCore, studentCoreExponent, weightedHistogram } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);

test("ten events in 100 have the published chi-square interval", () => {
  const complete = censoredExponential({ times: new Array(10).fill(10), completed: new Array(10).fill(true) });
  assert.equal(complete.mean, 10);
  near(complete.standardError as number, Math.sqrt(10), 1e-14);
  near(complete.interval.low, 200 / 34.1696069, 1e-8);
  near(complete.interval.high, 200 / 9.5907774, 1e-8);
});

test("censored time counts without an event, and widens the interval", () => {
  const fit = censoredExponential({ times: [2, 3, 5, 5], completed: [1, 1, 0, 0] });
  assert.deepEqual([fit.mean, fit.events, fit.count, fit.totalTime], [7.5, 2, 4, 15]);
  near(fit.interval.low, 30 / 14.4493753, 1e-8);
  near(fit.interval.high, 30 / 0.4844186, 1e-6);
});

test("no event gives a lower bound and no mean", () => {
  const fit = censoredExponential({ times: [4, 6], completed: [false, false] });
  assert.equal(fit.mean, undefined);
  assert.equal(fit.standardError, undefined);
  near(fit.interval.low, 10 / -Math.log(0.025), 1e-11);
  assert.equal(fit.interval.high, Infinity);
});

test("the interval covers the mean under censoring; the mean of completed runs alone does not", () => {
  const [runs, count, cut] = [2000, 60, 0.7];
  const random = seededSource(31);
  let [covered, naive] = [0, 0];
  for (let run = 0; run < runs; run += 1) {
    const waits = Array.from({ length: count }, () => -Math.log(random.uniform()));
    const completed = waits.map((wait) => wait <= cut);
    if (contains(censoredExponential({ times: waits.map((wait) => Math.min(wait, cut)), completed }).interval, 1)) covered += 1;
    const seen = waits.filter((wait) => wait <= cut);
    if (contains(censoredExponential({ times: seen, completed: seen.map(() => true) }).interval, 1)) naive += 1;
  }
  const budget = 4.9 * Math.sqrt((0.95 * 0.05) / runs);
  assert.ok(covered / runs > 0.95 - budget && covered / runs < 0.985, `${covered / runs}`);
  assert.ok(naive / runs < 0.2);
});

test("the exponent solves the digamma equation: Cauchy has φ = 1 with mean log 4", () => {
  near(studentCoreExponent(Math.log(4)), 1, 1e-12);
  near(studentCoreExponent(2 * (1 - Math.LN2)), 1.5, 1e-12);
  fc.assert(
    fc.property(fc.double({ min: 0.8, max: 40, noNaN: true }), (exponent) => {
      const density = (angle: number) => Math.cos(angle) ** (2 * exponent - 2);
      const weighted = integrate((angle) => -2 * density(angle) * Math.log(Math.cos(angle)), 0, Math.PI / 2).value;
      const meanLog = weighted / integrate(density, 0, Math.PI / 2).value;
      near(studentCoreExponent(meanLog), exponent, 1e-7);
    }),
    { numRuns: 25 },
  );
});

test("the fit of Cauchy draws finds φ = 1 within its intervals; normal draws are told apart", () => {
  const random = seededSource(41);
  const cauchy = Array.from({ length: 8000 }, () => Math.tan(Math.PI * (random.uniform() - 0.5)));
  const fit = studentCore(cauchy, { level: 1 - 1e-5, random, resamples: 400 });
  assert.ok(contains(fit.interval, 1), JSON.stringify(fit.interval));
  near(fit.standardError, Math.sqrt(1 / (8000 * (Math.PI ** 2 / 2 - Math.PI ** 2 / 6))), 0.08);
  near(fit.bootstrap?.standardError as number, fit.standardError, 0.2);
  assert.ok(!contains(studentCore(cauchy.map((x) => 1.2 * x), { level: 1 - 1e-5 }).interval, 1));
});

test("its 95 % interval covers", () => {
  const runs = 800;
  const random = seededSource(43);
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const values = Array.from({ length: 300 }, () => Math.tan(Math.PI * (random.uniform() - 0.5)));
    if (contains(studentCore(values).interval, 1)) covered += 1;
  }
  assert.ok(Math.abs(covered / runs - 0.95) < 4.9 * Math.sqrt((0.95 * 0.05) / runs), `${covered / runs}`);
});

test("a weighted histogram counts edges once and keeps what lies outside", () => {
  const { masses, densities, outside, effectiveCount } = weightedHistogram({ values: [0, 1, 2, 3, 9], weights: [1, 1, 2, 4, 2], edges: [0, 1, 3] });
  [0.1, 0.7].forEach((mass, i) => near(masses[i], mass, 1e-15));
  near(densities[1], 0.35, 1e-15);
  near(outside, 0.2, 1e-12);
  near(effectiveCount, 100 / 26, 1e-15);
});

test("masses and the outside add up to 1 for any values, weights and edges", () => {
  const pair = fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 0.01, max: 5, noNaN: true }));
  const edges = fc.uniqueArray(fc.integer({ min: -8, max: 8 }), { minLength: 2, maxLength: 9 }).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 40 }), edges, (pairs, cut) => {
      const histogram = weightedHistogram({ values: pairs.map(([x]) => x), weights: pairs.map(([, w]) => w), edges: cut });
      near(histogram.masses.reduce((sum, mass) => sum + mass, histogram.outside), 1, 1e-12);
      const inside = pairs.filter(([x]) => x >= cut[0] && x <= cut[cut.length - 1]).reduce((sum, [, w]) => sum + w, 0);
      assert.ok(Math.abs(histogram.masses.reduce((sum, mass) => sum + mass, 0) * pairs.reduce((sum, [, w]) => sum + w, 0) - inside) < 1e-9);
    }),
  );
});

test("its standard errors are those of repeated draws, also with importance weights", () => {
  const [runs, count] = [1500, 200];
  const random = seededSource(51);
  const densities: number[] = [];
  let stated = 0;
  for (let run = 0; run < runs; run += 1) {
    const values = Array.from({ length: count }, () => 1.3 * random.normal());
    const weights = values.map((x) => Math.exp((-x * x) / 2 + (x * x) / (2 * 1.69)));
    const histogram = weightedHistogram({ values, weights, edges: [0, 0.5] });
    densities.push(histogram.densities[0]);
    stated += histogram.standardErrors[0] / runs;
  }
  const centre = densities.reduce((sum, x) => sum + x, 0) / runs;
  const spread = Math.sqrt(densities.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (runs - 1));
  near(stated, spread, 0.1);
  assert.ok(Math.abs(centre - (normalCdf(0.5) - 0.5) / 0.5) < (5 * spread) / Math.sqrt(runs) + 2e-3);
});

test("bad input is refused by name", () => {
  assert.throws(() => censoredExponential({ times: [], completed: [] }), /RangeError: times\.length: /);
  assert.throws(() => censoredExponential({ times: [1, 0], completed: [true, true] }), /RangeError: times\[1\]: expected a finite number above 0, found 0/);
  assert.throws(() => censoredExponential({ times: [1, 2], completed: [true] }), /RangeError: completed\.length: expected 2, the length of times, found 1/);
  assert.throws(() => censoredExponential({ times: [1], completed: [0.5] }), /RangeError: completed\[0\]: expected true, false, 1 or 0, found 0\.5/);
  assert.throws(() => studentCore([1]), /RangeError: values\.length: /);
  assert.throws(() => studentCore([0, 0, 0]), /RangeError: meanLog: expected a finite number above 0, found 0/);
  assert.throws(() => studentCore([1, Infinity]), /RangeError: values\[1\]: /);
  assert.throws(() => weightedHistogram({ values: [1], edges: [1, 1] }), /RangeError: edges\[1\]: /);
  assert.throws(() => weightedHistogram({ values: [1], weights: [-1], edges: [0, 1] }), /RangeError: weights\[0\]: /);
  assert.throws(() => weightedHistogram({ values: [1], weights: [0], edges: [0, 1] }), /RangeError: weights: expected at least one above 0, found 0/);
});
