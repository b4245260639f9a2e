import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blockMeanInterval,
  bootstrapEstimate,
  bootstrapInterval,
  bootstrapSlope,
  contains,
  linearRegression,
  mean,
  normalQuantile,
  sortedQuantile,
  standardErrorOfMean,
  variance,
  type Interval,
} from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);

/** Share of `runs` intervals that hold the truth. */
function coverage(runs: number, truth: number, interval: (run: number) => Interval): number {
  let held = 0;
  for (let run = 0; run < runs; run += 1) if (contains(interval(run), truth)) held += 1;
  return held / runs;
}
/** 4.9 binomial standard deviations, two-sided chance 1e-6. */
const budget = (level: number, runs: number) => 4.9 * Math.sqrt((level * (1 - level)) / runs);

test("moments and quantiles of small samples", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.equal(variance([1, 2, 6]), 7);
  near(standardErrorOfMean([1, 2, 6]), Math.sqrt(7 / 3), 1e-15);
  near(variance([1e9 + 1, 1e9 + 2, 1e9 + 6]), 7, 1e-12);
  assert.equal(sortedQuantile([1, 2, 4, 8], 0.5), 3);
  assert.equal(sortedQuantile([1, 2, 4, 8], 0), 1);
  assert.equal(sortedQuantile([1, 2, 4, 8], 1), 8);
  near(sortedQuantile([1, 2, 4, 8], 0.9), 4 + 0.7 * 4, 1e-15);
});

/** Efron and Tibshirani's spatial test data, their section 14.2, where intervals rest on 2000 resamples. */
const SPATIAL = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

test("the variance of the spatial data has its published intervals: percentile (100.8, 233.9), corrected (115.8, 259.6)", () => {
  const statistic = (units: readonly number[]) => (variance(units) * (units.length - 1)) / units.length;
  const options = { units: SPATIAL, statistic, level: 0.9, resamples: 20000 };
  const close = (found: number, published: number, standardError: number) =>
    assert.ok(Math.abs(found - published) < 3.5 * standardError, `${found} against ${published}`);
  const percentile = bootstrapInterval({ ...options, random: seededSource(1), method: "percentile" });
  near(percentile.estimate, 171.5, 1e-3);
  close(percentile.interval.low, 100.8, 2);
  close(percentile.interval.high, 233.9, 2);
  const corrected = bootstrapInterval({ ...options, random: seededSource(2) });
  close(corrected.interval.low, 115.8, 2);
  close(corrected.interval.high, 259.6, 3);
});

test("skewness moves both ends of a normal sample of resamples by z / (1 - a z)", () => {
  const resampled = Float64Array.from({ length: 20001 }, (_, i) => normalQuantile((i + 0.5) / 20001));
  const { interval } = bootstrapEstimate(0, resampled, 0.9, 0.061);
  const z = normalQuantile(0.95);
  near(interval.low, -z / (1 + 0.061 * z), 1e-3);
  near(interval.high, z / (1 - 0.061 * z), 1e-3);
});

test("the bootstrap's standard error of a mean is the plug-in one, and one seed gives one result", () => {
  const run = () => bootstrapInterval({ units: SPATIAL, statistic: mean, random: seededSource(3), resamples: 8000 });
  near(run().standardError, Math.sqrt((25 / 26) * (variance(SPATIAL) / 26)), 0.05);
  assert.deepEqual(run(), run());
});

test("the corrected bootstrap covers a skewed mean at 95 %, an interval half as wide does not", () => {
  const runs = 500;
  const random = seededSource(4);
  const intervals = Array.from({ length: runs }, () => {
    const units = Array.from({ length: 80 }, () => -Math.log(random.uniform()));
    return bootstrapInterval({ units, statistic: (u) => u.reduce((s, x) => s + x, 0) / u.length, random, resamples: 400 });
  });
  assert.ok(Math.abs(coverage(runs, 1, (run) => intervals[run].interval) - 0.94) < budget(0.95, runs));
  const halved = (run: number) => {
    const { estimate, interval } = intervals[run];
    return { low: (estimate + interval.low) / 2, high: (estimate + interval.high) / 2, level: 0.95 };
  };
  assert.ok(coverage(runs, 1, halved) < 0.95 - budget(0.95, runs));
});

test("a statistic that does not vary has an interval of no width", () => {
  const { interval, standardError } = bootstrapInterval({ units: [1, 2, 3], statistic: () => 7, random: seededSource(1), resamples: 50 });
  assert.deepEqual([interval.low, interval.high, standardError], [7, 7, 0]);
});

/** A stationary first-order autoregression with unit variance. */
function autoregression(count: number, factor: number, seed: number): number[] {
  const random = seededSource(seed);
  let x = random.normal();
  return Array.from({ length: count }, () => (x = factor * x + Math.sqrt(1 - factor ** 2) * random.normal()));
}

test("block means cover the mean of a correlated series, single items do not", () => {
  const [runs, factor] = [200, 0.8];
  const series = Array.from({ length: runs }, (_, run) => autoregression(900, factor, 100 + run));
  const tolerance = 0.03 + budget(0.95, runs);
  assert.ok(Math.abs(coverage(runs, 0, (run) => blockMeanInterval(series[run], 20).interval) - 0.95) < tolerance);
  assert.ok(coverage(runs, 0, (run) => blockMeanInterval(series[run], 900).interval) < 0.7);
});

test("block means weigh blocks equally and use Student's quantile", () => {
  const { estimate, interval, blockMeans } = blockMeanInterval([1, 3, 5, 7], 2);
  assert.deepEqual(blockMeans, [2, 6]);
  assert.equal(estimate, 4);
  near(interval.high - estimate, 2 * Math.tan(0.475 * Math.PI), 1e-12);
});

test("the line through Anscombe's first quartet has its published coefficients", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const fit = linearRegression({ x, y });
  near(fit.slope, 0.5000909, 1e-6);
  near(fit.intercept, 3.0000909, 1e-6);
  near(fit.slopeStandardError, 0.1179055, 1e-6);
  near(fit.interceptStandardError, 1.1247468, 1e-6);
  near(fit.slopeInterval.high - fit.slope, 2.2621571628 * fit.slopeStandardError, 1e-9);
  assert.equal(fit.degreesOfFreedom, 9);
});

test("known standard errors weigh the points and set the slope's error", () => {
  const fit = linearRegression({ x: [0, 1, 2], y: [0, 1, 20], standardErrors: [0.1, 0.1, 1e6] });
  near(fit.slope, 1, 1e-6);
  near(fit.slopeStandardError, Math.SQRT2 / 10, 1e-6);
  const equal = linearRegression({ x: [0, 1, 2, 3], y: [0, 1, 1, 3], standardErrors: [2, 2, 2, 2] });
  near(equal.slope, linearRegression({ x: [0, 1, 2, 3], y: [0, 1, 1, 3] }).slope, 1e-14);
  near(equal.slopeStandardError, 2 / Math.sqrt(5), 1e-14);
  near(equal.chiSquare, linearRegression({ x: [0, 1, 2, 3], y: [0, 1, 1, 3] }).chiSquare / 4, 1e-12);
  assert.equal(linearRegression({ x: [0, 1], y: [0, 2], standardErrors: [1, 1] }).slope, 2);
});

test("the grouped slope has the spread that its groups' errors give", () => {
  const random = seededSource(21);
  const groups = [1, 2, 3, 4].map((x) => ({ x, units: Array.from({ length: 400 }, () => 3 * x + random.normal()) }));
  const slope = bootstrapSlope({ groups, statistic: mean, random, resamples: 3000 });
  const errors = groups.map(({ units }) => standardErrorOfMean(units));
  const expected = Math.sqrt(errors.reduce((sum, error, i) => sum + ((i - 1.5) * error) ** 2, 0)) / 5;
  near(slope.standardError, expected, 0.08);
  assert.ok(contains(slope.interval, 3) && !contains(slope.interval, 3.3));
});

test("bad input is refused by name", () => {
  const random = seededSource(1);
  assert.throws(() => mean([]), /RangeError: values\.length: expected at least 1 values, found 0/);
  assert.throws(() => variance([1]), /RangeError: values\.length: /);
  assert.throws(() => mean([1, NaN]), /RangeError: values\[1\]: expected a finite number, found NaN/);
  assert.throws(() => bootstrapInterval({ units: [1], statistic: mean, random }), /RangeError: units\.length: expected at least 2 units, found 1/);
  assert.throws(() => bootstrapInterval({ units: [1, 2], statistic: () => NaN, random }), /RangeError: statistic\(units\): expected a finite number, found NaN/);
  assert.throws(() => bootstrapInterval({ units: [1, 2], statistic: mean, random, level: 95 }), /RangeError: level: /);
  const sometimes = (units: readonly number[]) => (new Set(units).size === 1 ? NaN : 1);
  assert.throws(() => bootstrapInterval({ units: [1, 2], statistic: sometimes, random }), /RangeError: statistic of resample \d+: /);
  assert.throws(() => blockMeanInterval([1, 2], 1), /RangeError: blocks: /);
  assert.throws(() => blockMeanInterval([1, 2], 3), /RangeError: blocks: expected at most the 2 values, found 3/);
  assert.throws(() => linearRegression({ x: [1, 2, 3], y: [1, 2] }), /RangeError: y\.length: expected 3, the length of x, found 2/);
  assert.throws(() => linearRegression({ x: [1, 2], y: [1, 2] }), /RangeError: x\.length: expected at least 3 values, found 2/);
  assert.throws(() => linearRegression({ x: [1, 1, 1], y: [1, 2, 3] }), /RangeError: x: expected at least two different values, found 1/);
  assert.throws(() => linearRegression({ x: [1, 2], y: [1, 2], standardErrors: [1, 0] }), /RangeError: standardErrors\[1\]: /);
  assert.throws(() => bootstrapSlope({ groups: [], statistic: mean, random }), /RangeError: groups\.length: /);
  const groups = [1, 2, 3].map((x) => ({ x, units: x === 2 ? [1] : [1, 2] }));
  assert.throws(() => bootstrapSlope({ groups, statistic: mean, random }), /RangeError: groups\[1\]\.units\.length: /);
});
