import assert from "node:assert/strict";
import { test } from "node:test";
import { complexPolygamma, digamma, pearsonFour, trigamma } from "../../src/numerics/index.ts";
import { fitPearsonFour, fitStudentLaw, kolmogorovSmirnov, mean, pearsonFourDraws, variance, type PearsonFourFit } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, error: number) => assert.ok(Math.abs(found - expected) <= error, `${found} is not ${expected} to ${error}`);

test("complex polygamma functions are the real ones on the axis and follow reflection off it", () => {
  for (const x of [0.1, 1, 7.5, 40]) {
    const found = complexPolygamma({ real: x, imaginary: 0 });
    near(found.digamma.real, digamma(x), 1e-13 * (1 + Math.abs(digamma(x))));
    near(found.trigamma.real, trigamma(x), 1e-13 * (1 + trigamma(x)));
  }
  for (const y of [0.3, 2, 50]) {
    near(complexPolygamma({ real: 1, imaginary: y }).digamma.imaginary, -1 / (2 * y) + Math.PI / 2 / Math.tanh(Math.PI * y), 1e-13);
    near(complexPolygamma({ real: 0.5, imaginary: y }).trigamma.real, Math.PI ** 2 / 2 / Math.cosh(Math.PI * y) ** 2, 1e-12);
  }
});

test("draws follow the law, by rejection and by quantiles", () => {
  const random = seededSource(21);
  for (const [exponent, skewness] of [[1.0001, 2], [1.5, -3], [6, 20], [200, 0], [0.7, 1], [1, -2]]) {
    const parameters = { exponent, skewness, location: 3, scale: 0.1 };
    const draw = pearsonFourDraws(parameters, random);
    const draws = Float64Array.from({ length: 4000 }, draw);
    assert.ok(kolmogorovSmirnov(draws, pearsonFour(parameters).cdf).pValue > 1e-4, `(${exponent}, ${skewness})`);
  }
});

test("the fit finds the parameters, with the spread of 10,000 values times √(10/3), 30 % to spare", () => {
  const random = seededSource(2);
  const truth = { exponent: 2, skewness: 3, location: -1, scale: 50 };
  const fits: PearsonFourFit[] = Array.from({ length: 60 }, () => fitPearsonFour(Float64Array.from({ length: 3000 }, pearsonFourDraws(truth, random))));
  const unbiased = (values: readonly number[], expected: number, spread: number) => {
    near(mean(values), expected, 4 * Math.sqrt(variance(values) / values.length) + 0.3 * spread);
    assert.ok(Math.sqrt(variance(values)) < spread);
  };
  unbiased(fits.map((fit) => fit.exponent), 2, 0.13);
  unbiased(fits.map((fit) => fit.skewness), 3, 0.37);
  unbiased(fits.map((fit) => fit.location), -1, 3.6);
  unbiased(fits.map((fit) => fit.scale), 50, 2.4);
});

test("no nearby law is likelier, and the stated log-likelihood is the sum over the values", () => {
  const random = seededSource(8);
  for (const truth of [{ exponent: 1.3, skewness: -1 }, { exponent: 5, skewness: 12 }]) {
    const values = Float64Array.from({ length: 800 }, pearsonFourDraws({ ...truth, location: 0, scale: 1 }, random));
    const fit = fitPearsonFour(values);
    const likelihood = (parameters: Parameters<typeof pearsonFour>[0]) => values.reduce((sum, x) => sum + pearsonFour(parameters).logDensity(x), 0);
    const best = likelihood(fit);
    near(fit.logLikelihood, best, 1e-8 * Math.abs(best));
    for (const name of ["exponent", "skewness", "location", "scale"] as const) {
      for (const step of [-1e-3, 1e-3]) assert.ok(likelihood({ ...fit, [name]: fit[name] + step }) < best + 1e-9, `${name} + ${step}`);
    }
  }
});

test("under Student's law the gain over it is half a chi-square variable with one degree of freedom", () => {
  const random = seededSource(31);
  const draw = pearsonFourDraws({ exponent: 2.5, skewness: 0, location: 0, scale: 2 }, random);
  const gains = Array.from({ length: 120 }, () => fitPearsonFour(Float64Array.from({ length: 500 }, draw)).gain);
  near(mean(gains), 0.5, 4 * Math.sqrt(0.5 / gains.length));
  assert.ok(gains.filter((gain) => gain > 1.92).length <= 15);
});

test("normal values end at the bound that says so, no worse than Student's law", () => {
  const random = seededSource(4);
  const values = Float64Array.from({ length: 400 }, () => random.normal());
  const fit = fitPearsonFour(values);
  assert.ok(fit.exponent > 20);
  assert.ok(fit.logLikelihood >= fitStudentLaw(values).logLikelihood - 1e-6);
  const gamma = fitPearsonFour(Float64Array.from({ length: 2000 }, () => -Math.log(random.uniform())));
  assert.notEqual(gamma.bound, "none");
  assert.throws(() => fitPearsonFour([1, 2, NaN, 4, 5, 6, 7, 8, 9, 10]), /values\[2\]/);
  assert.throws(() => fitPearsonFour([1, 2]), /values.length: expected at least 10/);
});
