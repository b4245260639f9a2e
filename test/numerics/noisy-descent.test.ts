import assert from "node:assert/strict";
import { test } from "node:test";
import { asymmetricValley, averagedStates, localMinima, lowestMinimum, markovKernel, noisyDescent, rippledBowl, smoothedObjective, stationaryLaw, uniformEdges, type LineObjective } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) => assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);
const parabola = rippledBowl({ curvature: 1, ripple: 0, waveNumber: 1, phase: 0 });
const rippled = { curvature: 1, ripple: 0.15, waveNumber: 8, phase: 2 };
const valley = asymmetricValley({ rightSlope: 4, leftSlope: 0.5 });

test("on a parabola the law is the autoregression's, at small steps and beyond the minimum's reflection", () => {
  for (const stepSize of [0.03, 0.4, 1, 1.7]) {
    const law = noisyDescent({ objective: parabola, stepSize, noise: 1.5, around: [-1, 1] });
    const variance = (stepSize * 2.25) / (2 - stepSize);
    near(law.variance, variance, 1e-9);
    assert.ok(Math.abs(law.mean) < 1e-12 && law.error < 1e-5);
    near(law.meanSquareStep, (2 * (1 - stepSize) ** 2 * variance) / stepSize + (stepSize === 1 ? 1 : 0), stepSize === 1 ? Infinity : 1e-9);
    near(law.expectation((w) => w ** 4), 3 * variance ** 2, 1e-8);
  }
});

test("the rows of the specification: rippled bowl at 0.3 and asymmetric valley at 0.2", () => {
  const rows = [[rippledBowl(rippled), 0.3, "-0.067", "0.000", "0.551", "0.067"], [valley, 0.2, "-0.527", "-0.584", "0.305", "0.057"]] as const;
  for (const [objective, stepSize, minimiser, mean, distance, bias] of rows) {
    const law = noisyDescent({ objective, stepSize, noise: 1, around: [-2, 2] });
    const at = lowestMinimum(localMinima(smoothedObjective({ objective, width: stepSize }), -2, 2)).minimiser;
    assert.equal(at.toFixed(3), minimiser);
    assert.equal(law.mean.toFixed(3), mean);
    assert.equal(Math.sqrt(law.expectation((w) => (w - at) ** 2)).toFixed(3), distance);
    assert.equal(Math.abs(law.mean - at).toFixed(3), bias);
  }
});

test("the points ahead of the noise have no mean gradient on the smoothed objective, and the mean of the iterates", () => {
  for (const [objective, stepSize] of [[rippledBowl(rippled), 0.15], [rippledBowl(rippled), 0.5], [valley, 0.35]] as const) {
    const law = noisyDescent({ objective, stepSize, noise: 1, around: [-2, 2] });
    const smoothed = smoothedObjective({ objective, width: stepSize });
    assert.ok(Math.abs(law.expectationAhead(smoothed.gradient)) < 1e-8);
    assert.ok(Math.abs(law.expectation(objective.gradient)) < 1e-8);
    assert.ok(Math.abs(law.expectationAhead((v) => v) - law.mean) < 1e-8);
    assert.ok(Math.abs(law.expectationAhead(objective.gradient)) > 1e-3 * (stepSize === 0.5 ? 1e-4 : 1), "the raw gradient has one there");
    const minimiser = lowestMinimum(localMinima(smoothed, -2, 2)).minimiser;
    near(2 * law.expectationAhead((v) => smoothed.gradient(v) * (v - minimiser)), stepSize * law.meanSquareStep, 1e-7);
  }
});

test("the law is that of cells with exact masses, once these are fine enough", () => {
  const law = noisyDescent({ objective: rippledBowl(rippled), stepSize: 0.2, noise: 1, around: [-2, 2] });
  const objective = rippledBowl(rippled);
  const cells = (count: number) => stationaryLaw(markovKernel({ edges: uniformEdges(count, -4, 4), transition: (w) => [{ weight: 1, mean: w - 0.2 * objective.gradient(w), standardDeviation: 0.2 }], ends: "lumped" }));
  const [coarse, fine] = [cells(250), cells(500)].map(({ expectation }) => expectation((w) => w * w));
  near((4 * fine - coarse) / 3, law.expectation((w) => w * w), 2e-6);
});

test("unstable steps, laws that fit no grid, and cells too coarse for the stated error are refused with the deciding number", () => {
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 2.1, noise: 1, around: [-1, 1] }), /RangeError: stepSize: expected one at which a gradient step from -1000 stays in \[-1000, 1000\]; it leads to 1100, since η f'\(w\)\/w is 2\.1 there, found 2\.1/);
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 1.9, noise: 1, around: [-1, 1], limit: 12 }), /RangeError: stepSize: expected one whose law ends within \[-12, 12\]; 0?\.?\d.* of it is in the outer cells, found 1\.9/);
  assert.throws(() => noisyDescent({ objective: rippledBowl(rippled), stepSize: 0.2, noise: 1, around: [-1, 1], resolution: 0.8 }), /RangeError: resolution: expected cells fine enough for an error of 0\.00001; twice as wide ones change the moments by 0\.\d+, found 0\.8/);
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 0, noise: 1, around: [-1, 1] }), /RangeError: stepSize: /);
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 1, noise: -1, around: [-1, 1] }), /RangeError: noise: /);
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 1, noise: 1, around: [1, -1] }), /RangeError: around\[1\]: /);
  assert.throws(() => noisyDescent({ objective: parabola, stepSize: 1e-5, noise: 1, around: [-100, 100] }), /RangeError: stepSize: expected one whose law needs at most 6000 cells/);
});

/** Law of one cell. */
const point = (size: number, at: number) => Float64Array.from({ length: size }, (_, i) => (i === at ? 1 : 0));

test("finite averages of an autoregression have the mean and variance of its closed form, from a point and long after", () => {
  const [stepSize, steps] = [0.3, 17];
  const { kernel } = noisyDescent({ objective: parabola, stepSize, noise: 1, around: [-1, 1] });
  const cell = kernel.midpoints.findIndex((x) => x > 1);
  const [x, factor] = [kernel.midpoints[cell], 1 - stepSize];
  const from = averagedStates({ kernel, start: point(kernel.size, cell), burnIn: 4, steps });
  let [mean, variance] = [0, 0];
  for (let t = 5; t <= 4 + steps; t += 1) mean += (x * factor ** t) / steps;
  for (let shock = 1; shock <= 4 + steps; shock += 1) {
    let weight = 0;
    for (let t = Math.max(5, shock); t <= 4 + steps; t += 1) weight += factor ** (t - shock);
    variance += (weight * stepSize) ** 2 / steps ** 2;
  }
  near(from.mean, mean, 1e-8);
  near(from.variance, variance, 1e-8);
  const long = averagedStates({ kernel, start: point(kernel.size, cell), burnIn: 0, steps: 100_000 });
  near(long.mean * 100_000, (x * factor) / stepSize, 1e-5);
  near(long.variance * 100_000, 1, 2e-4);
  near(long.last.reduce((sum, mass, i) => sum + mass * kernel.midpoints[i] ** 2, 0), stepSize / (2 - stepSize), 1e-8);
});

test("an average over two wells that no step connects keeps the spread of its starts", () => {
  const doubleWell: LineObjective = { value: (w) => (w * w - 1) ** 2, gradient: (w) => 4 * w * (w * w - 1), curvature: (w) => 12 * w * w - 4 };
  const { kernel } = noisyDescent({ objective: doubleWell, stepSize: 0.02, noise: 1, around: [-1.2, 1.2], limit: 3 });
  const [left, right] = [-1, 1].map((well) => kernel.midpoints.findIndex((x) => x >= well));
  const start = point(kernel.size, left).map((mass, i) => (mass + (i === right ? 1 : 0)) / 2);
  const { mean, variance } = averagedStates({ kernel, start, burnIn: 100, steps: 300 });
  assert.ok(Math.abs(mean) < 1e-2 && Math.abs(variance - 1) < 0.05, `${mean} ${variance}`);
});

test("averages are refused without a step, from no law, and of a chain that leaves", () => {
  const { kernel } = noisyDescent({ objective: parabola, stepSize: 0.5, noise: 1, around: [-1, 1] });
  const start = point(kernel.size, 5);
  assert.throws(() => averagedStates({ kernel, start, burnIn: 0, steps: 0 }), /RangeError: steps: expected an integer of at least 1, found 0/);
  assert.throws(() => averagedStates({ kernel, start: start.map((p) => p / 2), burnIn: 0, steps: 1 }), /RangeError: start: expected probabilities that add up to 1, found 0\.5/);
  assert.throws(() => averagedStates({ kernel, start: [1], burnIn: 0, steps: 1 }), /RangeError: start\.length: /);
  const open = markovKernel({ edges: [0, 1, 2], transition: () => [{ weight: 1, mean: 1, standardDeviation: 1 }], ends: "absorbing" });
  assert.throws(() => averagedStates({ kernel: open, start: [1, 0], burnIn: 0, steps: 1 }), /RangeError: kernel\.exit\[0\]: /);
});
