import assert from "node:assert/strict";
import { test } from "node:test";
import digamma from "@stdlib/math-base-special-digamma";
import { batchEnergy, findRoot, kestenIndex, markovKernel, meanExitTime, sinhEdges, stationaryLaw, uniformEdges, type InputLaw } from "../../src/numerics/index.ts";
import { regressionTransition } from "./regression-chain.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);
const gaussian: InputLaw = { kind: "gaussian" };
const threePoint = (kurtosis: number): InputLaw => ({ kind: "three-point", kurtosis });

test("the batch energy has mean 1 and variance (kurtosis - 1)/B", () => {
  for (const batchSize of [1, 2, 7, 64, 1000]) {
    for (const [inputs, kurtosis] of [[gaussian, 3], [threePoint(1), 1], [threePoint(2), 2], [threePoint(7.5), 7.5]] as const) {
      for (const nodes of [8, 32, 200]) {
        const { values, weights } = batchEnergy(inputs, batchSize, nodes);
        const moment = (k: number) => values.reduce((sum, s, i) => sum + weights[i] * s ** k, 0);
        near(moment(0), 1, 1e-13);
        near(moment(1), 1, 1e-11);
        near(moment(2), 1 + (kurtosis - 1) / batchSize, 1e-11);
      }
    }
  }
  assert.deepEqual(batchEnergy(threePoint(4), 1), { values: Float64Array.of(0, 4), weights: Float64Array.of(0.75, 0.25) });
});

test("SGD in one dimension at step 0.1, batch 1 first reaches L = 1.5 L* after time 78.4", () => {
  const time = (cells: number, nodes: number) => {
    const edges = uniformEdges(cells, 0, Math.SQRT1_2);
    const kernel = markovKernel({ edges, transition: regressionTransition(0.1, 1, gaussian, nodes), ends: "absorbing", reflected: true });
    return 0.1 * meanExitTime(kernel).from(0);
  };
  const coarse = time(100, 32);
  const fine = time(200, 32);
  assert.equal(fine.toFixed(1), "78.4");
  assert.ok(Math.abs(fine - coarse) < 0.05 && Math.abs(fine - time(200, 64)) < 5e-3);
  near((4 * fine - coarse) / 3, 78.4222, 1e-4);
});

/** The stationary second moment relative to `η / (B (2 - η (1 + (κ - 1)/B)))`. */
function momentRatio(stepSize: number, batchSize: number, inputs: InputLaw, kurtosis: number, cells: number, upper: number): number {
  const edges = sinhEdges(cells, upper, Math.sqrt(stepSize / (2 * batchSize)));
  const law = stationaryLaw(markovKernel({ edges, transition: regressionTransition(stepSize, batchSize, inputs), ends: "lumped", reflected: true }));
  return law.expectation((x) => x * x) / (stepSize / (batchSize * (2 - stepSize * (1 + (kurtosis - 1) / batchSize))));
}

test("the stationary second moment is exact up to the square of the cell width", () => {
  const cases = [
    [0.1, 1, threePoint(1), 1, 3],
    [1.5, 2, threePoint(1), 1, 20],
    [0.1, 4, threePoint(2), 2, 2],
    [0.1, 1, gaussian, 3, 20],
    [0.05, 16, gaussian, 3, 1],
  ] as const;
  for (const [stepSize, batchSize, inputs, kurtosis, upper] of cases) {
    const [coarse, fine] = [150, 300].map((cells) => momentRatio(stepSize, batchSize, inputs, kurtosis, cells, upper) - 1);
    assert.ok(Math.abs(fine) < 2e-3);
    assert.ok(Math.abs((4 * fine - coarse) / 3) < 1e-4, `${coarse} ${fine}`);
  }
});

/** `φ` of `p ∝ (1 + x²)^(-φ)` from `E log(1 + x²) = ψ(φ) - ψ(φ - 1/2)`. */
const core = (stepSize: number, cells: number, nodes: number, upper: number) => {
  const edges = sinhEdges(cells, upper, Math.sqrt(stepSize / 2));
  const law = stationaryLaw(markovKernel({ edges, transition: regressionTransition(stepSize, 1, gaussian, nodes), ends: "lumped", reflected: true }));
  const meanLog = law.expectation((x) => Math.log1p(x * x));
  return findRoot((exponent) => digamma(exponent) - digamma(exponent - 0.5) - meanLog, 0.5 + 1e-9, 1e6);
};

test("the core of the stationary law at step 0.5, batch 1 fits φ = 1.95, not 3; at step 1, 1.028, not 2", () => {
  const [coarse, fine] = [core(0.5, 150, 64, 1e3), core(0.5, 300, 64, 1e3)];
  near(fine, 1.953, 1e-3);
  assert.ok(Math.abs(fine - coarse) < 5e-3);
  near(core(1, 300, 200, 1e6), 1.028, 1e-3);
  assert.ok(Math.abs(core(1, 300, 32, 1e6) / core(1, 300, 200, 1e6) - 1) > 2e-3);
});

test("the tail of the stationary law decays with the Kesten index", () => {
  const kernel = markovKernel({ edges: sinhEdges(400, 1e6, 0.7), transition: regressionTransition(1, 1, gaussian, 200), ends: "lumped", reflected: true });
  const { masses, edges } = stationaryLaw(kernel);
  const beyond = (level: number) => masses.reduce((sum, mass, i) => (edges[i] >= level ? sum + mass : sum), 0);
  const [near30, near3000] = [edges.find((e) => e > 30) as number, edges.find((e) => e > 3000) as number];
  const slope = -Math.log(beyond(near3000) / beyond(near30)) / Math.log(near3000 / near30);
  near(slope, kestenIndex({ stepSize: 1, batchSize: 1, inputs: gaussian }).index as number, 0.01);
});

test("the Kesten index has its closed forms: index 2 where the second moment diverges", () => {
  const index = (stepSize: number, batchSize: number, inputs: InputLaw = gaussian) => kestenIndex({ stepSize, batchSize, inputs }).index as number;
  for (const batchSize of [1, 2, 5, 16]) near(index(2 / (1 + 2 / batchSize), batchSize), 2, 1e-11);
  const quartic = findRoot((eta) => -4 + 18 * eta - 60 * eta ** 2 + 105 * eta ** 3, 0.1, 1);
  near(index(quartic, 1), 4, 1e-11);
  assert.equal(index(1, 1).toFixed(2), "1.09");
  const twoPoint = findRoot((a) => 0.25 + 0.5 * 0.2 ** a + 0.25 * 1.4 ** a - 1, 0.5, 50);
  near(index(1.2, 2, threePoint(2)), twoPoint, 1e-11);
});

test("small steps approach a ln 2a - a = 1/2, a = 1.7956, for every batch size", () => {
  const limit = findRoot((a) => a * Math.log(2 * a) - a - 0.5, 1, 3);
  for (const batchSize of [1, 4]) {
    const scaled = (stepSize: number) => ((kestenIndex({ stepSize, batchSize, inputs: gaussian }).index as number) * stepSize) / batchSize;
    near(scaled(1e-4), limit, 3e-4);
    assert.ok(scaled(1e-4) > scaled(1e-3) && scaled(1e-3) > scaled(1e-2));
  }
});

test("bounded inputs that never expand have no power law, and too large a step no stationary law", () => {
  const bounded = kestenIndex({ stepSize: 0.9, batchSize: 1, inputs: threePoint(2) });
  assert.equal(bounded.kind, "no power law");
  assert.equal(bounded.index, Infinity);
  assert.match(bounded.kind === "no power law" ? bounded.reason : "", /no factor expands: max \|1 - ηS\| = 1\.000/);
  for (const [stepSize, inputs] of [[3, gaussian], [2.5, threePoint(1)], [1, threePoint(2)]] as const) {
    const diverging = kestenIndex({ stepSize, batchSize: 1, inputs });
    assert.equal(diverging.kind, "not stationary");
    assert.equal(diverging.index, undefined);
  }
});

test("bad input is refused by name", () => {
  assert.throws(() => batchEnergy(threePoint(0.5), 1), /RangeError: inputs\.kurtosis: expected a finite number of at least 1, found 0\.5/);
  assert.throws(() => batchEnergy({ kind: "uniform" } as never, 1), /RangeError: inputs\.kind: .*found "uniform"/);
  assert.throws(() => batchEnergy(gaussian, 1.5), /RangeError: batchSize: /);
  assert.throws(() => batchEnergy(gaussian, 1, 2), /RangeError: nodes: /);
  assert.throws(() => kestenIndex({ stepSize: 0, batchSize: 1, inputs: gaussian }), /RangeError: stepSize: expected a finite number above 0, found 0/);
  assert.throws(() => kestenIndex({ stepSize: 0.1, batchSize: 0, inputs: gaussian }), /RangeError: batchSize: /);
});
