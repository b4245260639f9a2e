import assert from "node:assert/strict";
import { test } from "node:test";
import { halvedTorus, modifiedEquationExpectation, refinedTorus, sgdExpectation, squareRootDefect, torusDifference, torusSupremum } from "../../../src/numerics/index.ts";
import type { CommonNoise, PeriodicSamples, TorusFunction } from "../../../src/numerics/index.ts";

const noise = 0.7;
const samples: PeriodicSamples = { gradients: [1, -1].map((sign) => (z: number) => Math.sin(z) + sign * noise * Math.cos(z)) };
const one = ([z]: readonly number[]) => Math.exp(Math.sin(z));
const two = ([x, y]: readonly number[]) => Math.sin(x) * Math.sin(y);
const node = (j: number, size: number) => (2 * Math.PI * j) / size;
const sup = (first: TorusFunction, second: TorusFunction, refinement = 1) => torusSupremum(refinedTorus(torusDifference(first, second), refinement));

/** 𝔼 f over all 2ⁿ sequences of samples, without any grid. */
function overAllPaths(statistic: (z: readonly number[]) => number, starts: readonly number[], stepSize: number, steps: number): number {
  if (steps === 0) return statistic(starts);
  const means = samples.gradients.map((gradient) => overAllPaths(statistic, starts.map((z) => z - stepSize * gradient(z)), stepSize, steps - 1));
  return (means[0] + means[1]) / 2;
}

test("the operator of SGD is the mean over all sequences of samples, of one, two and three points", () => {
  const three = ([x, y, z]: readonly number[]) => Math.sin(x) * Math.cos(y + z);
  for (const [statistic, points, size] of [[one, 1, 64], [two, 2, 32], [three, 3, 24]] as const) {
    const { values } = sgdExpectation({ samples, statistic, points, size, stepSize: 0.05, horizon: 0.4 });
    for (const place of [1, 7, 2 * size ** (points - 1) + 5, size ** points - 3]) {
      const starts = Array.from({ length: points }, (_, axis) => node(Math.floor(place / size ** (points - 1 - axis)) % size, size));
      const exact = overAllPaths(statistic, starts, 0.05, 8);
      assert.ok(Math.abs(values[place] - exact) < 1e-5, `${points} points, ${place}: ${values[place]}, exactly ${exact}`);
    }
  }
});

test("unequal probabilities weigh the samples", () => {
  const weighted = { ...samples, probabilities: [0.9, 0.1] };
  const { values } = sgdExpectation({ samples: weighted, statistic: one, points: 1, size: 64, stepSize: 0.1, horizon: 0.1 });
  const z = node(5, 64);
  const exact = [0.9, 0.1].reduce((sum, probability, i) => sum + probability * one([z - 0.1 * samples.gradients[i](z)]), 0);
  assert.ok(Math.abs(values[5] - exact) < 1e-12);
});

test("without noise the equation is the gradient flow, tan(z_T/2) = e^−T tan(z/2)", () => {
  const still = { gradients: [Math.sin] };
  const { values } = modifiedEquationExpectation({ samples: still, statistic: one, points: 1, size: 64, stepSize: 0.1, horizon: 1, noise: "none", corrected: false });
  for (let j = 0; j < 64; j += 1) {
    if (j === 32) continue;
    const end = 2 * Math.atan(Math.exp(-1) * Math.tan(node(j, 64) / 2));
    assert.ok(Math.abs(values[j] - one([end])) < 2e-6, `${j}: ${values[j]}`);
  }
});

test("a flow with constant gradients is a Gaussian shift: 𝔼 cos(X) = e^−ηT/2 cos x, and points of a flow keep their distance", () => {
  const shift = { gradients: [() => 1, () => -1] };
  const at = (points: number, statistic: (z: readonly number[]) => number, size: number) => modifiedEquationExpectation({ samples: shift, statistic, points, size, stepSize: 0.2, horizon: 1, noise: "flow", corrected: true }).values;
  at(1, ([z]) => Math.cos(z), 16).forEach((value, j) => assert.ok(Math.abs(value - Math.exp(-0.1) * Math.cos(node(j, 16))) < 1e-8));
  at(2, ([x, y]) => Math.cos(x - y), 16).forEach((value, place) => assert.ok(Math.abs(value - Math.cos(node(Math.floor(place / 16) - (place % 16), 16))) < 1e-12));
  at(3, ([x, y, z]) => Math.cos(x + y - z), 8).forEach((value, place) => assert.ok(Math.abs(value - Math.exp(-0.1) * Math.cos(node(Math.floor(place / 64) + (Math.floor(place / 8) % 8) - (place % 8), 8))) < 1e-7));
});

test("the calibration of the torus model: T = 1, s = 0.7, η = 0.05", () => {
  const common = { samples, size: 64, stepSize: 0.05, horizon: 1 };
  const sgd = sgdExpectation({ ...common, statistic: one, points: 1 });
  const by = (noiseOf: CommonNoise, corrected: boolean) => modifiedEquationExpectation({ ...common, statistic: one, points: 1, noise: noiseOf, corrected });
  assert.equal(sup(sgd, by("flow", true)).toExponential(2), "1.57e-3");
  assert.equal(sup(sgd, by("flow", false)).toExponential(2), "1.86e-2");
  assert.deepEqual(by("square root", true).values, by("flow", true).values, "one point knows no difference");
  const pairs = sgdExpectation({ ...common, statistic: two, points: 2 });
  const pairsBy = (noiseOf: CommonNoise) => modifiedEquationExpectation({ ...common, statistic: two, points: 2, noise: noiseOf, corrected: true });
  const [flow, root] = [pairsBy("flow"), pairsBy("square root")];
  assert.equal(sup(pairs, flow).toExponential(2), "2.64e-3");
  assert.equal(sup(pairs, root).toExponential(2), "4.51e-2");
  const accidental = 8 * 64 + 24;
  assert.ok(Math.abs(pairs.values[accidental] - root.values[accidental]) < 2e-3, "the pair (π/4, 3π/4) does not see the defect");
});

test("halving grid and time steps moves the flow by little and the kinked square root by more", () => {
  const moved = (noiseOf: CommonNoise, size: number) => {
    const at = (nodes: number, timeSteps: number) => modifiedEquationExpectation({ samples, statistic: two, points: 2, size: nodes, stepSize: 0.1, horizon: 0.5, noise: noiseOf, corrected: true, timeSteps });
    return torusSupremum(torusDifference(halvedTorus(at(size, 40)), at(size / 2, 20)));
  };
  assert.ok(moved("flow", 32) < 3e-5, String(moved("flow", 32)));
  assert.ok(moved("square root", 32) > 10 * moved("flow", 32));
  assert.ok(moved("square root", 32) < 1e-3);
});

test("the leading defect of the square root is the difference of both operators, over η", () => {
  const [x, y, size] = [8, 26, 64];
  const stepSize = 0.002;
  const by = (noiseOf: CommonNoise) => modifiedEquationExpectation({ samples, statistic: two, points: 2, size, stepSize, horizon: 0.5, noise: noiseOf, corrected: true }).values[x * size + y];
  const defect = squareRootDefect({ gradients: samples.gradients, curvature: Math.cos, first: node(x, size), second: node(y, size), horizon: 0.5, mixedDerivative: (a, b) => Math.cos(a) * Math.cos(b) });
  const found = (by("square root") - by("flow")) / stepSize;
  assert.ok(Math.abs(found / defect - 1) < 0.002, `${found} against ${defect}`);
});

test("what is no expectation on the circle is refused with what was found", () => {
  const common = { samples, statistic: one, points: 1, size: 32, stepSize: 0.1, horizon: 1 };
  assert.throws(() => sgdExpectation({ ...common, stepSize: 0.3 }), /stepSize: expected a whole number of steps in the horizon 1, found 0\.3/);
  assert.throws(() => sgdExpectation({ ...common, size: 33 }), /size: expected an even number of nodes of at least 8, found 33/);
  assert.throws(() => sgdExpectation({ ...common, points: 0 }), /points: expected an integer of at least 1, found 0/);
  assert.throws(() => sgdExpectation({ ...common, samples: { gradients: [] } }), /gradients\.length: expected at least one sample, found 0/);
  assert.throws(() => sgdExpectation({ ...common, samples: { gradients: [(z) => z] } }), /gradients\[0\]: expected a 2π-periodic function/);
  assert.throws(() => sgdExpectation({ ...common, samples: { ...samples, probabilities: [0.5, 0.6] } }), /probabilities: expected a sum of 1, found 1\.1/);
  assert.throws(() => sgdExpectation({ ...common, statistic: () => NaN }), /statistic\(0\): expected a finite number, found NaN/);
  assert.throws(() => modifiedEquationExpectation({ ...common, size: 256, horizon: 10, noise: "flow", corrected: true, timeSteps: 50 }), /timeSteps: expected a stable integration of a statistic within ±2\.7\d+, found \S+ after 50 steps on 256 nodes/);
  assert.throws(() => torusDifference({ points: 1, size: 8, values: new Float64Array(8) }, { points: 1, size: 10, values: new Float64Array(10) }), /found 8\^1 and 10\^1/);
});
