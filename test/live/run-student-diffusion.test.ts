import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../src/kernels/index.ts";
import {runStudentDiffusion, studentDensity} from "../../src/live/index.ts";
import {densityBins} from "../../src/live/density-bins.ts";
import {distanceOfDistributions} from "../../src/live/distance-of-distributions.ts";
import {studentDistribution} from "../../src/live/student-law.ts";
import {integrate} from "../../src/numerics/index.ts";

test("the density has mass one, solves the stationary Fokker–Planck equation, and is the slope of the distribution", () => {
  assert.ok(Math.abs(integrate(studentDensity, -Infinity, Infinity).value - 1) < 1e-9);
  const h = 1e-4;
  const slope = (f: (x: number) => number, x: number) => (f(x + h) - f(x - h)) / (2 * h);
  for (const x of [-3, -0.7, 0, 0.2, 1.9]) {
    const flux = -x * studentDensity(x) - slope((y) => 0.25 * (1 + y * y) * studentDensity(y), x);
    assert.ok(Math.abs(flux) < 1e-7, `flux ${flux} at ${x}`);
    assert.ok(Math.abs(slope(studentDistribution, x) - studentDensity(x)) < 1e-7);
  }
  assert.deepEqual([-1e9, 0, 1e9].map((x) => Math.abs(studentDistribution(x)).toFixed(9)), ["0.000000000", "0.500000000", "1.000000000"]);
});

test("Wilson's interval of a bin, to published digits", () => {
  const [bin] = densityBins([...Array.from({length: 10}, () => 0.5), ...Array.from({length: 90}, () => 7)], {from: 0, to: 1, bins: 1});
  assert.deepEqual([bin!.x, bin!.count, bin!.density, bin!.low.toFixed(4), bin!.high.toFixed(4)], [0.5, 10, 0.1, "0.0552", "0.1744"]);
});

test("values on edges, outside and in no bin", () => {
  const bins = densityBins([0, 0.5, 0.5, 1, -0.1, NaN], {from: 0, to: 1, bins: 2});
  assert.deepEqual(bins.map(({x, count, density}) => [x, count, density]), [[0.25, 1, 1 / 3], [0.75, 2, 2 / 3]]);
});

test("the distance of distributions is taken on both sides of every step", () => {
  const uniform = (x: number) => Math.min(1, Math.max(0, x));
  assert.equal(distanceOfDistributions([0.75, 0.25], uniform), 0.25);
  assert.equal(distanceOfDistributions([0.9], uniform), 0.9);
  assert.equal(distanceOfDistributions([0.1], uniform), 0.9);
});

test("the replicas reach the exact law as the time step shrinks, and more replicas leave the first ones as they are", async () => {
  const run = (timeStep: number, replicas: number) => runStudentDiffusion(ensemblesHere, {seed: 0, timeStep, replicas});
  const [coarse, fine] = [await run(0.2, 100_000), await run(0.02, 100_000)];
  assert.ok(coarse.distance > 4 * coarse.criticalDistance && fine.distance < 1.5 * fine.criticalDistance, `${coarse.distance} ${fine.distance}`);
  assert.equal(coarse.diverged, 0);
  assert.notEqual((await run(0.2, 1000)).checksum, (await runStudentDiffusion(ensemblesHere, {seed: 1, timeStep: 0.2, replicas: 1000})).checksum);
});
