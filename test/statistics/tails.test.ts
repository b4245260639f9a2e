import assert from "node:assert/strict";
import { test } from "node:test";
import { chiSquareQuantile, contains, fitGeneralizedPareto, generalizedParetoSurvival, highestTailFits, hillEstimate, hillPlot, tailFit, tailFits, type TailFit } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);

/** Draws of the generalised Pareto law with unit scale. */
function excesses(shape: number, count: number, seed: number): number[] {
  const random = seededSource(seed);
  return Array.from({ length: count }, () => (shape === 0 ? -Math.log(random.uniform()) : Math.expm1(-shape * Math.log(random.uniform())) / shape));
}

function fitted(fit: ReturnType<typeof tailFit>): TailFit {
  assert.equal(fit.kind, "fit");
  return fit as TailFit;
}

// By SciPy 1.17: Nelder–Mead on genpareto.logpdf from three starts, brentq on its profile.
const references = [
  { shape: -0.3, found: [-0.6783736, 1.6156690, -48.0825304769], interval: [-0.9245920947, -0.4548794859] },
  { shape: 0, found: [-0.3865304, 1.7692931, -71.0429844245], interval: [-0.5811901112, -0.1122947329] },
  { shape: 0.4, found: [0.0275114, 1.9590448, -101.9981075565], interval: [-0.2157828493, 0.4303375759] },
];

for (const { shape, found, interval } of references) {
  test(`the fit and the profile interval of 60 excesses of shape ${shape} are those of another program`, () => {
    const fit = fitGeneralizedPareto(excesses(shape, 60, 11).map((y) => Math.round(y * 1e4 + 1) / 1e4));
    [fit.shape, fit.scale].forEach((value, i) => assert.ok(Math.abs(value - found[i]) < 1e-7, `${value} is not ${found[i]}`));
    near(fit.logLikelihood, found[2], 1e-11);
    near(fit.shapeInterval.low, interval[0], 1e-8);
    near(fit.shapeInterval.high, interval[1], 1e-8);
  });
}

test("the profile interval ends where the likelihood, maximised over the scale on a fine grid, has fallen by half of the chi-square quantile", () => {
  const values = excesses(0.25, 150, 3);
  const fit = fitGeneralizedPareto(values, { level: 0.9 });
  const likelihood = (shape: number, scale: number) => values.reduce((sum, y) => sum - Math.log(scale) - (1 + 1 / shape) * Math.log1p((shape * y) / scale), 0);
  near(likelihood(fit.shape, fit.scale), fit.logLikelihood, 1e-12);
  for (const end of [fit.shapeInterval.low, fit.shapeInterval.high]) {
    const best = Math.max(...Array.from({ length: 4000 }, (_, i) => likelihood(end, 0.5 + i / 2000)));
    assert.ok(Math.abs(fit.logLikelihood - best - chiSquareQuantile(0.9, 1) / 2) < 1e-4, `${end}`);
  }
});

for (const [shape, seed] of [[0.3, 21], [-0.2, 22]]) {
  test(`1000 profile intervals cover the shape ${shape} as often as they say`, () => {
    let covered = 0;
    for (let i = 0; i < 1000; i += 1) covered += contains(fitGeneralizedPareto(excesses(shape, 300, 1000 * seed + i)).shapeInterval, shape) ? 1 : 0;
    // 4 standard errors of a binomial share.
    assert.ok(Math.abs(covered / 1000 - 0.95) < 4 * Math.sqrt((0.95 * 0.05) / 1000), `${covered} of 1000`);
  });
}

test("a fit goes with the unit of the values over 200 orders of magnitude", () => {
  const values = excesses(0.5, 400, 8);
  const fit = fitGeneralizedPareto(values);
  for (const unit of [1e-100, 1e100]) {
    const scaled = fitGeneralizedPareto(values.map((y) => y * unit));
    near(scaled.shape, fit.shape, 1e-6);
    near(scaled.scale, fit.scale * unit, 1e-6);
    near(scaled.shapeInterval.high, fit.shapeInterval.high, 1e-9);
    near(scaled.logLikelihood, fit.logLikelihood - 400 * Math.log(unit), 1e-12);
  }
});

test("evenly spaced values are fitted by the uniform law at the bound of the shapes", () => {
  const fit = fitGeneralizedPareto(Array.from({ length: 300 }, (_, i) => i + 1));
  assert.equal(fit.shape, -1);
  assert.equal(fit.scale, 300);
  assert.equal(fit.shapeInterval.low, -1);
  near(fit.logLikelihood, -300 * Math.log(300), 1e-14);
});

test("the survival function has its three forms", () => {
  near(generalizedParetoSurvival(3, { shape: 0.5, scale: 2 }), 1.75 ** -2, 1e-15);
  near(generalizedParetoSurvival(3, { shape: 0, scale: 2 }), Math.exp(-1.5), 1e-15);
  near(generalizedParetoSurvival(3, { shape: 1e-12, scale: 2 }), Math.exp(-1.5), 1e-11);
  assert.equal(generalizedParetoSurvival(4, { shape: -0.5, scale: 2 }), 0);
  assert.equal(generalizedParetoSurvival(-1, { shape: 0.5, scale: 2 }), 1);
});

test("an exact Pareto tail has its index at every threshold; an exponential one has no upper end", () => {
  // Quantiles of the law itself, so that only the estimator errs.
  const count = 200_000;
  const pareto = Float64Array.from({ length: count }, (_, i) => (1 - (i + 0.5) / count) ** (-1 / 3));
  for (const fit of tailFits(pareto)) {
    near(fitted(fit).tailIndex, 3, 0.02);
    assert.ok(fitted(fit).low < 3 && fitted(fit).high > 3);
  }
  const exponential = pareto.map((x) => 3 * Math.log(x));
  const light = fitted(tailFit(exponential, { probability: 0.98 }));
  assert.equal(light.high, Infinity);
  assert.ok(light.low > 20);
  const bounded = fitted(tailFit(exponential.map((x) => -Math.exp(-x)), { probability: 0.98 }));
  assert.deepEqual([bounded.tailIndex, bounded.low, bounded.high], [Infinity, Infinity, Infinity]);
});

test("the thresholds are order statistics with the exceedances that their probability allows", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => 1 / (1 - (i + 0.5) / 100_000));
  const fits = tailFits(values);
  assert.deepEqual(fits.map(({ exceedances }) => exceedances), [5000, 2000, 1000, 500, 200]);
  assert.deepEqual(fits.map(({ probability }) => probability), [0.95, 0.98, 0.99, 0.995, 0.998]);
  assert.equal(fits[4].threshold, values[99_799]);
  assert.deepEqual(highestTailFits(fits).map(({ exceedances }) => exceedances), [500, 200]);
  assert.deepEqual(tailFit(values, { exceedances: 500 }), fits[3]);
  assert.deepEqual(tailFit(values.toReversed(), { threshold: fits[3].threshold }), fits[3]);
});

test("too few exceedances are counted, not fitted, and leave a verdict with fewer fits", () => {
  const values = Array.from({ length: 10_000 }, (_, i) => 1 / (1 - (i + 0.5) / 10_000));
  const fits = tailFits(values);
  assert.deepEqual(fits.map(({ kind, exceedances }) => [kind, exceedances]), [["fit", 500], ["fit", 200], ...[100, 50, 20].map((n) => ["too few exceedances", n])]);
  assert.deepEqual(fits[2], { kind: "too few exceedances", threshold: values[9_899], exceedances: 100, required: 200, probability: 0.99 });
  assert.deepEqual(highestTailFits(fits), [fits[0], fits[1]]);
  assert.deepEqual(highestTailFits(fits.slice(1)), [fits[1]]);
  assert.deepEqual(highestTailFits(fits.slice(2)), []);
});

test("values tied with the threshold are not exceedances", () => {
  const values = [...new Array<number>(600).fill(1), ...Array.from({ length: 300 }, (_, i) => 2 + i)];
  assert.deepEqual([0.5, 0.66].map((probability) => tailFit(values, { probability }).exceedances), [300, 300]);
  assert.equal(tailFit(values, { exceedances: 300 }).threshold, 1);
  assert.equal(tailFit(new Array<number>(900).fill(1), { probability: 0.5 }).exceedances, 0);
});

test("what cannot be fitted is named", () => {
  assert.throws(() => fitGeneralizedPareto([1, 0, 2]), { name: "RangeError", message: "excesses[1]: expected a finite number above 0, found 0" });
  assert.throws(() => fitGeneralizedPareto([2, 2, 2]), /excesses: expected at least 2 different values, found 2/);
  assert.throws(() => tailFit([1, NaN, 2], { exceedances: 1 }), /values\[1\]: expected a finite number, found NaN/);
  assert.throws(() => tailFit([1, 2], { exceedances: 2 }), /exceedances: expected fewer than the 2 values, found 2/);
  assert.throws(() => tailFit([1, 2], { probability: 1 }), /probability: expected a number strictly between 0 and 1, found 1/);
  assert.throws(() => hillEstimate([-1, 2, 3], 2), /threshold at 2 exceedances: expected an order statistic above 0, found -1/);
  assert.throws(() => hillEstimate([1, 3, 3, 3], 2), /values above the threshold at 2 exceedances: expected at least 1, found 0/);
  assert.throws(() => hillPlot([1, 2, 3, 4]), /most: expected an integer of at least 10, found 0/);
});

test("Hill's estimate is the inverse mean logarithm over the threshold", () => {
  const hill = hillEstimate([8, 1, 4, 0.1, 2], 3);
  near(hill.estimate, 3 / (Math.log(8) + Math.log(4) + Math.log(2)), 1e-15);
  near(hill.standardError, hill.estimate / Math.sqrt(3), 1e-15);
  near(hill.interval.high - hill.estimate, 1.959963984540054 * hill.standardError, 1e-12);
  assert.deepEqual([hill.threshold, hill.exceedances], [1, 3]);
});

test("a Hill plot holds the estimates of its numbers, evenly spaced on the logarithmic scale", () => {
  const values = excesses(0.5, 20_000, 4).map((y) => 1 + y / 2);
  const plot = hillPlot(values, { points: 50 });
  const numbers = plot.map(({ exceedances }) => exceedances);
  assert.deepEqual([numbers[0], numbers.at(-1), plot.length], [10, 2000, 50]);
  for (const i of [0, 20, 49]) near(plot[i].estimate, hillEstimate(values, numbers[i]).estimate, 1e-12);
  // The values have an exact Pareto law of index 2.
  assert.ok(contains(plot[49].interval, 2), JSON.stringify(plot[49]));
});
