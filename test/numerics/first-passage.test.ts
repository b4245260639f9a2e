import assert from "node:assert/strict";
import { test } from "node:test";
import { integrate, oneDimensionalFirstPassage, radialFirstPassage } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);

/** `L = L0 + (x² - 1)²/2` with `L^s / L* = ratio`, noise `2 T L`, and Kramers' rate at the log barrier. */
function doubleWell(temperature: number, ratio: number) {
  const floor = 0.5 / (ratio - 1);
  const loss = (x: number) => floor + 0.5 * (x * x - 1) ** 2;
  const logRate = Math.log((4 * Math.SQRT1_2) / (2 * Math.PI)) - (0.5 + 1 / temperature) * Math.log(ratio);
  const passage = { drift: (x: number) => -2 * x * (x * x - 1), variance: (x: number) => 2 * temperature * loss(x), start: -1 };
  return { passage, logRate, logScaleDensity: (x: number) => Math.log(loss(x)) / temperature };
}

const rateTimesTime = (temperature: number, ratio: number, target: number) => {
  const { passage, logRate } = doubleWell(temperature, ratio);
  return Math.exp(logRate + oneDimensionalFirstPassage({ ...passage, targets: [target] }).logMeanTimes[0]);
};

test("the log-loss double well at T = 0.25 and barrier ratio 5: rate times mean time from -1 to +1 is 0.955", () => {
  near(rateTimesTime(0.25, 5, 1), 0.955, 5e-4);
  near(2 * rateTimesTime(0.25, 5, 0), 0.955, 1e-3);
});

test("the error of Kramers' rate tends to -0.3 T for high barriers", () => {
  for (const temperature of [0.05, 0.1, 0.25]) near((rateTimesTime(temperature, 30, 1) - 1) / temperature, -0.3, 0.1);
  near((rateTimesTime(0.25, 5, 1) - 1) / 0.25, -0.179, 0.01);
});

test("a closed-form scale density gives the integrated one", () => {
  const { passage, logScaleDensity } = doubleWell(0.1, 5);
  const targets = [-0.5, 0, 0.3, 1, 1.5];
  const integrated = oneDimensionalFirstPassage({ ...passage, targets });
  const closed = oneDimensionalFirstPassage({ ...passage, targets, logScaleDensity });
  closed.meanTimes.forEach((time, i) => near(time, integrated.meanTimes[i], 1e-9));
  assert.ok(integrated.discretisationError <= 1e-9 && integrated.cutOffError <= 1e-10);
});

test("a second well below the start is found behind its barrier", () => {
  const { passage } = doubleWell(0.05, 5);
  const fromRight = oneDimensionalFirstPassage({ ...passage, start: 1, targets: [1.5] }).logMeanTimes[0];
  const leftFirst = oneDimensionalFirstPassage({ ...passage, start: 1, targets: [1.5], reflectingAt: -6 }).logMeanTimes[0];
  near(fromRight, leftFirst, 1e-9);
  const withoutLeftWell = oneDimensionalFirstPassage({ ...passage, start: 1, targets: [1.5], reflectingAt: 0 }).logMeanTimes[0];
  assert.ok(Math.abs(fromRight - withoutLeftWell - Math.LN2) < 0.02);
});

test("the double integral done directly agrees", () => {
  const [temperature, ratio] = [0.5, 5];
  const { passage, logScaleDensity } = doubleWell(temperature, ratio);
  const speed = (z: number) => (2 / passage.variance(z)) * Math.exp(-logScaleDensity(z));
  const inner = (y: number) => integrate(speed, -Infinity, y, { relativeTolerance: 1e-9 }).value;
  const direct = integrate((y) => Math.exp(logScaleDensity(y)) * inner(y), -1, 1, { relativeTolerance: 1e-7 }).value;
  near(oneDimensionalFirstPassage({ ...passage, targets: [1] }).meanTimes[0], direct, 1e-6);
});

test("Brownian motion with drift and reflection has its closed forms", () => {
  const brownian = oneDimensionalFirstPassage({ drift: () => 0, variance: () => 1, start: 0.5, targets: [1, 3], reflectingAt: 0 });
  near(brownian.meanTimes[0], 1 - 0.25, 1e-12);
  near(brownian.meanTimes[1], 9 - 0.25, 1e-12);
  const drifting = oneDimensionalFirstPassage({ drift: () => 0.7, variance: () => 0.2, start: -1, targets: [0, 4] });
  near(drifting.meanTimes[0], 1 / 0.7, 1e-9);
  near(drifting.meanTimes[1], 5 / 0.7, 1e-9);
  assert.equal(drifting.meanTimes.length, 2);
});

test("barriers beyond the largest number keep their logarithm", () => {
  const { logMeanTimes, meanTimes } = oneDimensionalFirstPassage({ drift: (x) => -x, variance: () => 2e-3, start: 0, targets: [1, 2] });
  assert.equal(meanTimes[1], Infinity);
  const asymptotic = (x: number) => (x * x) / 2e-3 + Math.log(Math.sqrt(2 * Math.PI * 1e-3) / x);
  logMeanTimes.forEach((time, i) => assert.ok(Math.abs(time - asymptotic(i + 1)) < 2e-3));
});

test("radial Brownian motion takes r²/d in every dimension", () => {
  const radii = [0.01, 0.5, 2];
  for (const dimension of [1, 2, 3, 10, 60]) {
    const { meanTimes } = radialFirstPassage({ dimension, drift: () => 0, radialVariance: () => 1, tangentialVariance: () => 1, radii });
    meanTimes.forEach((time, i) => near(time, radii[i] ** 2 / dimension, 1e-12));
  }
});

/** SGD on a unit bowl as an SDE, with the decoupled or the exact covariance of Gaussian inputs. */
const bowl = (dimension: number, stepSize: number, exact: boolean, ratios: readonly number[]) =>
  radialFirstPassage({
    dimension,
    drift: (r) => -r,
    radialVariance: (r) => stepSize * (1 + (exact ? 2 : 1) * r * r),
    tangentialVariance: (r) => stepSize * (1 + r * r),
    radii: ratios.map((ratio) => Math.sqrt(ratio - 1)),
  }).meanTimes;

test("SGD's two diffusions in one dimension reach L = 1.5 L* after 35.6 and 24.3", () => {
  assert.equal(bowl(1, 0.1, false, [1.5])[0].toFixed(1), "35.6");
  assert.equal(bowl(1, 0.1, true, [1.5])[0].toFixed(1), "24.3");
});

test("the radial sweep in one dimension is the reflected line", () => {
  const line = oneDimensionalFirstPassage({ drift: (x) => -x, variance: (x) => 0.1 * (1 + x * x), start: 0, targets: [0.5, 1], reflectingAt: 0 });
  bowl(1, 0.1, false, [1.25, 2]).forEach((time, i) => near(time, line.meanTimes[i], 1e-10));
});

test("the slope of the decoupled bowl tends to 1 + B/η - d/2, that of the exact one to half as computed", () => {
  const slope = (dimension: number, exact: boolean) => {
    const [low, high] = bowl(dimension, 0.5, exact, [1e5, 2e5]);
    return Math.log(high / low) / Math.LN2;
  };
  for (const dimension of [1, 2, 3]) near(slope(dimension, false), 3 - dimension / 2, 0.02);
  for (const dimension of [1, 2]) near(slope(dimension, true), 0.5 * (1 + 2 - (dimension - 1) / 2), 0.02);
});

test("an unequal tangential noise agrees with the radial equation solved by finite differences", () => {
  const [dimension, radius, cells] = [3, 1.2, 4000];
  const radial = (r: number) => 0.3 * (1 + 2 * r * r);
  const tangential = (r: number) => 0.3 * (1 + r * r);
  const width = radius / cells;
  const [upper, right] = [new Float64Array(cells + 1), new Float64Array(cells + 1)];
  for (let i = 0; i < cells; i += 1) {
    const r = i * width;
    const half = radial(r) / 2 / width ** 2;
    const convection = i === 0 ? 0 : (-r + (tangential(r) * (dimension - 1)) / (2 * r)) / (2 * width);
    const [below, diagonal, above] = i === 0 ? [0, -2 * half * dimension, 2 * half * dimension] : [half - convection, -2 * half, half + convection];
    const pivot = diagonal - below * (i === 0 ? 0 : upper[i - 1]);
    upper[i] = above / pivot;
    right[i] = (-1 - below * (i === 0 ? 0 : right[i - 1])) / pivot;
  }
  let time = 0;
  for (let i = cells - 1; i >= 0; i -= 1) time = right[i] - upper[i] * time;
  const swept = radialFirstPassage({ dimension, drift: (r) => -r, radialVariance: radial, tangentialVariance: tangential, radii: [radius] });
  near(swept.meanTimes[0], time, 1e-5);
});

test("bad input is refused by name", () => {
  const line = { drift: (x: number) => -x, variance: () => 1, start: 0, targets: [1] };
  assert.throws(() => oneDimensionalFirstPassage({ ...line, targets: [0] }), /RangeError: targets\[0\]: expected a number above start = 0, found 0/);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, targets: [1, 1] }), /RangeError: targets\[1\]: /);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, targets: [] }), /RangeError: targets\.length: /);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, variance: (x) => x - 0.5 }), /RangeError: variance\(/);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, drift: () => -1 }), /RangeError: drift, variance: expected a lower boundary/);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, drift: () => 0 }), /RangeError: drift, variance: expected a lower boundary/);
  assert.throws(() => oneDimensionalFirstPassage({ ...line, reflectingAt: 0.5 }), /RangeError: reflectingAt: /);
  const radial = { dimension: 2, drift: () => 0, radialVariance: () => 1, tangentialVariance: () => 1, radii: [1] };
  assert.throws(() => radialFirstPassage({ ...radial, radii: [0, 1] }), /RangeError: radii\[0\]: /);
  assert.throws(() => radialFirstPassage({ ...radial, dimension: 0 }), /RangeError: dimension: /);
  assert.throws(() => radialFirstPassage({ ...radial, tangentialVariance: () => 2 }), /RangeError: tangentialVariance\(0\): /);
  assert.throws(() => radialFirstPassage({ ...radial, drift: () => NaN }), /RangeError: drift\(/);
});
