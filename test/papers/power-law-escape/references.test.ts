import assert from "node:assert/strict";
import {test} from "node:test";
import {barrierPassageTime, barrierSlope, diffusionPassageTimes, doubleWell, escapeRate, passageReference, stationaryReference, stationarySecondMoment} from "../../../src/papers/power-law-escape/index.ts";
import type {StationaryReference} from "../../../src/papers/power-law-escape/exact-sgd.ts";

const near = (found: number, expected: number, tolerance: number) => assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected} within ${tolerance}`);
const gaussian = {kind: "gaussian"} as const;

test("the paper's rate times the exact mean escape time is 0.955 at T = 0.25 and loss ratio 5", () => {
  near(escapeRate(doubleWell(5), 0.25) * barrierPassageTime(5, 0.25), 0.955, 5e-4);
});

test("the exact slope rises to 1/2 + 1/T from below as the barrier grows", () => {
  const slopes = [1.5, 3, 10, 100].map((ratio) => barrierSlope(ratio, 2 * ratio, 0.25));
  slopes.slice(1).forEach((slope, i) => assert.ok(slope > slopes[i]! && slope < 4.5));
  near(slopes.at(-1)!, 4.5, 0.05);
});

test("escape takes longer over a higher barrier, down to barriers of six per cent", () => {
  const times = [1.06, 1.2, 1.5].map((ratio) => barrierPassageTime(ratio, 0.9));
  assert.ok(times[0]! > 0 && times[0]! < times[1]! && times[1]! < times[2]! && times[2]! < 10);
});

test("SGD reaches 1.5 times its least loss after t = 78.42, its diffusions after 35.635 and 24.321", () => {
  const cell = {stepSize: 0.1, batchSize: 1};
  const [passage] = passageReference({...cell, inputs: gaussian}, [1.5], 400);
  near(passage!.steps * 0.1, 78.42, 0.01);
  assert.ok(passage!.relativeGridError < 2e-3);
  near(diffusionPassageTimes("decoupled", {...cell, dimension: 1}, [1.5])[0]!, 35.635, 5e-4);
  near(diffusionPassageTimes("exact", {...cell, dimension: 1}, [1.5])[0]!, 24.321, 5e-4);
});

test("passage times rise with the level and fall with the step, the dimension and added noise", () => {
  const times = (stepSize: number, dimension: number) => diffusionPassageTimes("decoupled", {stepSize, batchSize: 1, dimension}, [1.25, 1.5, 2]);
  const [one, two] = [times(0.1, 1), times(0.1, 2)];
  assert.ok(one[0]! < one[1]! && one[1]! < one[2]!);
  one.forEach((time, i) => assert.ok(two[i]! < time && times(0.2, 1)[i]! < time));
  assert.deepEqual(diffusionPassageTimes("decoupled", {stepSize: 0.4, batchSize: 4, dimension: 1}, [1.5]), diffusionPassageTimes("decoupled", {stepSize: 0.1, batchSize: 1, dimension: 1}, [1.5]));
});

test("for inputs 1 and −1 the stationary law of SGD is the normal one of a linear recursion, with no power law", () => {
  const [stepSize, batchSize] = [0.4, 1];
  const variance = stepSize / (2 - stepSize);
  assert.equal(stationarySecondMoment(stepSize, batchSize, 1), variance);
  const reference = stationaryReference({stepSize, batchSize, inputs: {kind: "three-point", kurtosis: 1}}, 600) as StationaryReference;
  assert.equal(reference.tailIndex, null);
  const meanLog = normalMean((x) => Math.log1p(variance * x * x));
  near(digammaDifference(reference.exponent), meanLog, 2e-5);
});

test("at step size 0.5 and batch 1 the exponent of SGD's stationary law is 1.954", () => {
  const reference = stationaryReference({stepSize: 0.5, batchSize: 1, inputs: gaussian}, 800) as StationaryReference;
  near(reference.exponent, 1.954, 5e-4);
  assert.ok(reference.gridError < 1e-3);
});

test("the second moment is η/(B (2 − η (1 + (κ − 1)/B))), infinite beyond that step", () => {
  assert.equal(stationarySecondMoment(0.5, 1, 3), 1);
  near(stationarySecondMoment(0.3, 4, 3)!, 0.3 / (4 * (2 - 0.45)), 1e-15);
  assert.equal(stationarySecondMoment(2 / 3, 1, 3), null);
  assert.equal(stationarySecondMoment(1, 1, 3), null);
  assert.notEqual(stationarySecondMoment(0.66, 1, 3), null);
});

test("a step size at which SGD has no stationary law gives the reason, not a number", () => {
  const reference = stationaryReference({stepSize: 2.5, batchSize: 1, inputs: {kind: "three-point", kurtosis: 1}}, 100);
  assert.deepEqual(Object.keys(reference), ["reason"]);
  assert.ok("exponent" in stationaryReference({stepSize: 1.5, batchSize: 1, inputs: {kind: "three-point", kurtosis: 1}}, 100));
});

/** E f(x) for a standard normal x, by the trapezoidal rule. */
function normalMean(f: (x: number) => number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let x = -10; x <= 10; x += step) sum += f(x) * Math.exp((-x * x) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

/** ψ(φ) − ψ(φ − ½), the mean of log(1 + x²) under (1 + x²)^−φ, by the trapezoidal rule in sinh x. */
function digammaDifference(exponent: number): number {
  let [sum, total] = [0, 0];
  for (let u = -40; u <= 40; u += 1 / 256) {
    const weight = Math.cosh(u) ** (1 - 2 * exponent);
    sum += weight * 2 * Math.log(Math.cosh(u));
    total += weight;
  }
  return sum / total;
}
