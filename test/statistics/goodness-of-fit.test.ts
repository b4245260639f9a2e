import assert from "node:assert/strict";
import { test } from "node:test";
import {
  andersonDarling,
  drawStable,
  goodnessOfFit,
  kolmogorovDistance,
  mean,
  normalFamily,
  pearsonFourFamily,
  stableFamily,
  studentFamily,
  studentLaw,
  type LawFamily,
} from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, error: number) => assert.ok(Math.abs(found - expected) <= error, `${found} is not ${expected} to ${error}`);
const uniform = { cdf: (x: number) => x, survival: (x: number) => 1 - x };
const exponentialFamily: LawFamily = {
  name: "exponential",
  parameterCount: 1,
  fit: (values) => {
    const scale = mean(values);
    return {
      logDensity: (x) => -x / scale - Math.log(scale),
      cdf: (x) => -Math.expm1(-x / scale),
      survival: (x) => Math.exp(-x / scale),
      draws: (random) => () => -scale * Math.log(random.uniform()),
    };
  },
};
const sampleOf = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw);

test("distances have the values worked out by hand", () => {
  near(andersonDarling(Float64Array.of(0.5), uniform), 2 * Math.LN2 - 1, 1e-15);
  near(andersonDarling(Float64Array.of(0.25, 0.75), uniform), -2 - (2 * Math.log(0.25) + 6 * Math.log(0.75)) / 2, 1e-15);
  near(kolmogorovDistance(Float64Array.of(0.1, 0.2, 0.9), uniform.cdf), 2 / 3 - 0.2, 1e-15);
  assert.equal(andersonDarling(Float64Array.of(0, 0.5), uniform), Infinity);
  assert.throws(() => andersonDarling(Float64Array.of(2), uniform), /cdf\(2\): expected a number in \[0, 1\]/);
});

test("critical values are those of Lilliefors and Stephens for the normal and exponential families", () => {
  const random = seededSource(17);
  const resamples = 6000;
  const share = (resampled: Float64Array, scaled: (x: number) => number, critical: number, p: number) =>
    near(resampled.filter((x) => scaled(x) >= critical).length / resamples, p, 4 * Math.sqrt((p * (1 - p)) / resamples) + 0.02 * p);
  for (const count of [20, 50]) {
    const root = Math.sqrt(count);
    const normal = goodnessOfFit({ values: sampleOf(count, () => random.normal()), family: normalFamily, random, resamples });
    for (const [p, critical] of [[0.1, 0.819], [0.05, 0.895]]) share(normal.kolmogorovSmirnov.resampled, (d) => d * (root - 0.01 + 0.85 / root), critical, p);
    for (const [p, critical] of [[0.1, 0.631], [0.05, 0.752]]) share(normal.andersonDarling.resampled, (a) => a * (1 + 0.75 / count + 2.25 / count ** 2), critical, p);
    const exponential = goodnessOfFit({ values: sampleOf(count, () => -Math.log(random.uniform())), family: exponentialFamily, random, resamples });
    share(exponential.kolmogorovSmirnov.resampled, (d) => (d - 0.2 / count) * (root + 0.26 + 0.5 / root), 1.094, 0.05);
  }
});

test("the level holds, and the tabulated p-value is far too large for the same draws", () => {
  const random = seededSource(23);
  const families: [LawFamily, () => number, number][] = [
    [normalFamily, () => 5 + 0.1 * random.normal(), 30],
    [exponentialFamily, () => -3 * Math.log(random.uniform()), 30],
  ];
  const repetitions = 400;
  for (const [family, draw, count] of families) {
    const tests = Array.from({ length: repetitions }, () => goodnessOfFit({ values: sampleOf(count, draw), family, random, resamples: 99 }));
    for (const statistic of ["kolmogorovSmirnov", "andersonDarling"] as const) {
      const rejected = tests.filter((found) => found[statistic].pValue <= 0.05).length;
      near(rejected, 0.05 * repetitions, 4 * Math.sqrt(repetitions * 0.05 * 0.95));
      near(mean(tests.map((found) => found[statistic].pValue)), 0.5, 4 * Math.sqrt(1 / 12 / repetitions) + 0.01);
    }
    const tabulated = tests.map((found) => found.tabulatedPValue);
    assert.ok(tabulated.filter((p) => p <= 0.05).length <= (family === normalFamily ? 2 : 8));
    assert.ok(mean(tabulated) > 0.6, `${mean(tabulated)}`);
  }
});

test("the level holds approximately for families with a fitted shape", () => {
  const random = seededSource(61);
  const student = studentLaw({ location: 2, scale: 3, degreesOfFreedom: 4 });
  const repetitions = 80;
  const rejected = Array.from({ length: repetitions }, () =>
    goodnessOfFit({ values: sampleOf(200, () => student.draw(random)), family: studentFamily, random, resamples: 39 }),
  ).filter((found) => found.andersonDarling.pValue <= 0.1).length;
  near(rejected, 8, 4 * Math.sqrt(repetitions * 0.09));
});

test("wrong families are found out, right ones are not", () => {
  const random = seededSource(29);
  const skewStable = sampleOf(1000, () => drawStable({ stability: 1.6, skewness: 0.8, scale: 1, location: 0 }, random));
  const resamples = 39;
  const [student, stable] = [studentFamily, stableFamily].map((family) => goodnessOfFit({ values: skewStable, family, random, resamples }));
  assert.equal(student.andersonDarling.pValue, 1 / 40);
  assert.equal(student.andersonDarling.interval.low, 0);
  assert.ok(stable.andersonDarling.pValue > 0.05);
  const law = studentLaw({ location: 0, scale: 1, degreesOfFreedom: 3 });
  const heavy = sampleOf(3000, () => law.draw(random));
  const [normal, pearson, asStable] = [normalFamily, pearsonFourFamily, stableFamily].map((family) => goodnessOfFit({ values: heavy, family, random, resamples }));
  assert.equal(normal.kolmogorovSmirnov.pValue, 1 / 40);
  assert.ok(pearson.kolmogorovSmirnov.pValue > 0.05);
  assert.ok(asStable.andersonDarling.pValue <= 0.05);
  assert.ok(asStable.tabulatedPValue > 0.1);
});

test("ties with the statistic count against rejection, and the interval is the binomial one", () => {
  const lattice: LawFamily = { name: "constant", parameterCount: 0, fit: () => ({ ...uniform, logDensity: () => 0, draws: () => () => 0.5 }) };
  const found = goodnessOfFit({ values: [0.5, 0.5], family: lattice, random: seededSource(1), resamples: 19 });
  assert.equal(found.kolmogorovSmirnov.pValue, 1);
  assert.equal(found.kolmogorovSmirnov.exceeding, 19);
  near(found.kolmogorovSmirnov.interval.low, 0.025 ** (1 / 19), 1e-9);
});

test("a fit that fails and a request that makes no sense say where", () => {
  let fits = 0;
  const failing: LawFamily = {
    ...normalFamily,
    fit: (values) => {
      if ((fits += 1) === 5) throw new RangeError("no maximum");
      return normalFamily.fit(values);
    },
  };
  const random = seededSource(2);
  const values = sampleOf(20, () => random.normal());
  assert.throws(
    () => goodnessOfFit({ values, family: failing, random }),
    (error: Error) => /bootstrap sample 3 of the normal family/.test(error.message) && (error.cause as Error).message === "no maximum",
  );
  assert.throws(() => goodnessOfFit({ values, family: normalFamily, random, resamples: 5 }), /resamples: expected an integer of at least 19, found 5/);
  assert.throws(() => goodnessOfFit({ values: [1, Infinity], family: normalFamily, random }), /values\[1\]/);
});
