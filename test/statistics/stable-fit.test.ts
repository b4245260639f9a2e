import assert from "node:assert/strict";
import { test } from "node:test";
import { stableLaw } from "../../src/numerics/index.ts";
import { drawStable, fitStableLaw, kolmogorovSmirnov, mean, variance } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

test("draws follow the law that the integrals give, in every regime of stability", () => {
  const random = seededSource(41);
  for (const [stability, skewness] of [[2, 0], [1.9, -1], [1.5, 0.6], [1.001, 0.9], [1, 0.7], [1, 0], [0.8, -0.5], [0.5, 1]]) {
    const parameters = { stability, skewness, scale: 0.5, location: -3 };
    const draws = Float64Array.from({ length: 5000 }, () => drawStable(parameters, random));
    const { pValue } = kolmogorovSmirnov(draws, stableLaw(parameters).cdf);
    assert.ok(pValue > 1e-4, `(${stability}, ${skewness}): ${pValue}`);
    const opposite = stableLaw({ ...parameters, skewness: -skewness });
    if (Math.abs(skewness) > 0.4) assert.ok(kolmogorovSmirnov(draws, opposite.cdf).pValue < 1e-6);
  }
});

test("the fit is unbiased, with a spread that falls as 1/√n and near what maximum likelihood allows", () => {
  const random = seededSource(9);
  const [count, repetitions] = [1000, 160];
  for (const [stability, skewness] of [[1.2, 0.5], [1.5, -0.7], [1.5, 0], [1.8, 0.5]]) {
    const fits = Array.from({ length: repetitions }, () =>
      fitStableLaw(Float64Array.from({ length: count }, () => drawStable({ stability, skewness, scale: 20, location: 500 }, random))),
    );
    const unbiased = (errors: readonly number[], spreadRootN: number) => {
      const spread = Math.sqrt(variance(errors));
      assert.ok(spread * Math.sqrt(count) < spreadRootN, `spread ${spread * Math.sqrt(count)}`);
      assert.ok(Math.abs(mean(errors)) < 4 * (spread / Math.sqrt(repetitions)) + 0.3 / Math.sqrt(count), `bias ${mean(errors)}`);
    };
    unbiased(fits.map((fit) => fit.stability - stability), 2.3);
    unbiased(fits.map((fit) => fit.scale / 20 - 1), 1.8);
    unbiased(fits.map((fit) => (fit.location - 500) / 20), 2.4);
    unbiased(fits.map((fit) => fit.skewness - skewness), stability === 1.8 ? 10 : 5);
  }
});

test("shifting, stretching and mirroring the values does the same to the fit", () => {
  const random = seededSource(3);
  const values = Array.from({ length: 2000 }, () => drawStable({ stability: 1.6, skewness: 0.4, scale: 1, location: 0 }, random));
  const [fit, moved] = [fitStableLaw(values), fitStableLaw(values.map((x) => 7 - 1e-3 * x))];
  const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-8, `${found} is not ${expected}`);
  near(moved.stability, fit.stability);
  near(moved.skewness, -fit.skewness);
  near(moved.scale, 1e-3 * fit.scale);
  near(moved.location, 7 - 1e-3 * fit.location);
});

test("a fit at the end of the family says so", () => {
  const random = seededSource(12);
  const uniform = fitStableLaw(Array.from({ length: 2000 }, () => random.uniform()));
  assert.equal(uniform.stability, 2);
  assert.equal(uniform.skewness, 0);
  assert.equal(uniform.bound, "stability");
  const exponential = fitStableLaw(Array.from({ length: 2000 }, () => -Math.log(random.uniform())));
  assert.equal(exponential.skewness, 1);
  assert.equal(exponential.bound, "skewness");
});

test("values without a middle are refused", () => {
  assert.throws(() => fitStableLaw([1, 2, 3]), /values.length: expected at least 20 values, found 3/);
  assert.throws(() => fitStableLaw(new Float64Array(30)), /interquartile range of values: expected a number above 0, found 0/);
  assert.throws(() => fitStableLaw(Float64Array.from({ length: 30 }, (_, i) => (i === 8 ? NaN : i))), /values\[8\]/);
  assert.throws(() => drawStable({ stability: 0, skewness: 0, scale: 1, location: 0 }, seededSource(1)), /stability/);
});
