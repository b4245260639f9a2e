import assert from "node:assert/strict";
import { test } from "node:test";
import { betaQuantile, binomialInterval, empiricalSurvival, normalQuantile, quantilePairs } from "../../src/statistics/index.ts";
import { incompleteBeta } from "../../src/numerics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative = 1e-12) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);

test("Beta quantiles: closed forms, another program's values, and the way back", () => {
  near(betaQuantile(0.025, 1, 20), -Math.expm1(Math.log(0.975) / 20));
  near(betaQuantile(0.025, 20, 1), 0.025 ** (1 / 20));
  near(1 - betaQuantile(0.025, 1e6, 1), -Math.expm1(Math.log(0.025) / 1e6), 1e-8);
  near(betaQuantile(0.3, 7, 7), 1 - betaQuantile(0.7, 7, 7));
  // By SciPy 1.17, stats.beta.ppf.
  near(betaQuantile(0.025, 3, 98), 0.006229971538306395);
  near(betaQuantile(0.3, 0.2, 0.4), 0.011558664083828546);
  for (const p of [1e-6, 0.2, 0.999]) near(incompleteBeta(40, 500, betaQuantile(p, 40, 500)), p, 1e-11);
});

test("Clopper and Pearson's interval is that of another program, and ends at 0 and 1", () => {
  // By SciPy 1.17, stats.binomtest.
  near(binomialInterval(5, 20).low, 0.08657146910143455);
  near(binomialInterval(5, 20).high, 0.49104587170795755);
  assert.equal(binomialInterval(0, 20).low, 0);
  near(binomialInterval(0, 20).high, 0.16843347098308548);
  assert.equal(binomialInterval(20, 20).high, 1);
  near(binomialInterval(20, 20).low, 1 - binomialInterval(0, 20).high);
  assert.throws(() => binomialInterval(3, 2), /successes: expected at most the 2 trials, found 3/);
});

test("the survival function counts magnitudes strictly above", () => {
  const points = empiricalSurvival([-3, 1, 2, -2, 0], { at: [0, 1.5, 2, 3, 10] });
  assert.deepEqual(points.map(({ exceedances }) => exceedances), [4, 3, 1, 0, 0]);
  assert.deepEqual(points.map(({ survival }) => survival), [0.8, 0.6, 0.2, 0, 0]);
  for (const { exceedances, low, high } of points) assert.deepEqual({ low, high, level: 0.95 }, binomialInterval(exceedances, 5));
});

test("abscissae are evenly spaced on the logarithmic scale from the median to below the largest magnitude", () => {
  const values = Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? 1 : -1) * 2 ** (i / 100));
  const points = empiricalSurvival(values, { points: 10 });
  points.forEach(({ x }, i) => near(x, 2 ** (5 + i / 2)));
  assert.deepEqual([points[0].exceedances > 498, points[9].exceedances > 0], [true, true]);
  assert.deepEqual(empiricalSurvival(new Array<number>(9).fill(-4)).map(({ x, survival }) => [x, survival]), [[4, 0]]);
});

test("the largest magnitudes of a sample have the shares and intervals of the whole", () => {
  const random = seededSource(2);
  const all = Array.from({ length: 2000 }, () => random.normal());
  const largest = all.filter((x) => Math.abs(x) > 1.5);
  const at = [1.6, 2, 2.5];
  assert.deepEqual(empiricalSurvival(largest, { at, total: 2000 }), empiricalSurvival(all, { at }));
});

test("a few values are all paired with quantiles at (i - ½)/n", () => {
  const pairs = quantilePairs([30, 10, 20], (p) => 100 * p);
  assert.deepEqual(pairs.map(({ rank, probability, observed }) => [rank, probability, observed]), [[1, 0.5 / 3, 10], [2, 0.5, 20], [3, 2.5 / 3, 30]]);
  near(pairs[0].expected, 50 / 3);
  near(pairs[0].low, 100 * (1 - 0.975 ** (1 / 3)));
  near(pairs[2].high, 100 * 0.975 ** (1 / 3));
});

test("many values keep both extremes and at most the points asked for, in order, dense in both tails", () => {
  const count = 100_000;
  const values = Float64Array.from({ length: count }, (_, i) => normalQuantile((i + 0.5) / count));
  const pairs = quantilePairs(values, normalQuantile);
  const ranks = pairs.map(({ rank }) => rank);
  assert.ok(pairs.length <= 200 && pairs.length > 150);
  assert.deepEqual([ranks[0], ranks[1], ranks.at(-2), ranks.at(-1)], [1, 2, count - 1, count]);
  assert.ok(ranks.every((rank, i) => i === 0 || rank > ranks[i - 1]));
  assert.ok(ranks.filter((rank) => rank <= count / 100).length > 40);
  for (const { expected, observed, low, high } of pairs) {
    near(observed, expected, 1e-9);
    assert.ok(low < expected && expected < high);
  }
});

test("a pointwise band holds its order statistic as often as it says", () => {
  const random = seededSource(6);
  const inside = [0, 0, 0];
  for (let run = 0; run < 2000; run += 1) {
    const pairs = quantilePairs(Array.from({ length: 15 }, () => -Math.log(random.uniform())), (p) => -Math.log1p(-p), { level: 0.9 });
    [0, 7, 14].forEach((i, k) => (inside[k] += pairs[i].low <= pairs[i].observed && pairs[i].observed <= pairs[i].high ? 1 : 0));
  }
  for (const count of inside) assert.ok(Math.abs(count / 2000 - 0.9) < 4 * Math.sqrt(0.09 / 2000), `${count}`);
});

test("what cannot be drawn is named", () => {
  assert.throws(() => empiricalSurvival([0, 0, 1]), /quantile of the magnitudes at 0.5: expected a number above 0, found 0/);
  assert.throws(() => empiricalSurvival([1, 2], { at: [-1, 2] }), /at\[0\]: expected a finite number of at least 0, found -1/);
  assert.throws(() => empiricalSurvival([1, 2], { total: 1 }), /total: expected an integer of at least 2, found 1/);
  assert.throws(() => quantilePairs([1, 2], () => NaN), /quantiles at rank 1\[0\]: expected a finite number, found NaN/);
  assert.throws(() => quantilePairs([1, Infinity], (p) => p), /values\[1\]: expected a finite number, found Infinity/);
});
