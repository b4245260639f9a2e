import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backwardKolmogorov, lionsTermEffect, meanFieldDrift, meanFieldFlow, meanFieldTree, meanFieldVelocity, scalarMeanFieldDrift, scalarMeanFieldFlow, scalarMeanFieldSgd, squareUnit, tanhUnit } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const data = [{ input: 1, label: 1.2 }, { input: 1.5, label: 0.3 }];
const statistic = (m: number) => 1 / (1 + m);

function everyPath(start: number, steps: number, stepSize: number): number {
  if (steps === 0) return statistic(start);
  return data.reduce((sum, { input, label }) => sum + everyPath(start * (1 - 2 * stepSize * input * (input * start - label)) ** 2, steps - 1, stepSize), 0) / data.length;
}

test("the transfer operator of the scalar chain is the mean over all paths", () => {
  for (const [steps, stepSize] of [[1, 0.2], [6, 0.125], [12, 0.05]] as const) {
    const { value, error } = scalarMeanFieldSgd({ data, stepSize, steps, start: 1, statistic });
    near(value, everyPath(1, steps, stepSize), 1e-11);
    assert.ok(error < 1e-10);
  }
});

test("neurons θ²x follow the scalar chain, whatever their number", () => {
  for (const particles of [[1], [0.5, -1.2, 0.3]]) {
    const start = particles.reduce((sum, value) => sum + value ** 2, 0) / particles.length;
    const { mean } = meanFieldTree({ network: { unit: squareUnit, data }, particles, stepSize: 0.1, steps: 8, statistic: (theta) => theta * theta });
    near(mean, scalarMeanFieldSgd({ data, stepSize: 0.1, steps: 8, start, statistic: (m) => m }).value, 1e-11);
  }
});

test("with one data point the tree is one path of gradient descent without variance", () => {
  let theta = 0.7;
  for (let step = 0; step < 5; step += 1) theta -= 0.2 * (Math.tanh(theta) - 1) * (1 - Math.tanh(theta) ** 2);
  const { mean, variance } = meanFieldTree({ network: { unit: tanhUnit, data: [{ input: 1, label: 1 }] }, particles: [0.7], stepSize: 0.2, steps: 5, statistic: (value) => value });
  near(mean, theta, 1e-14);
  assert.equal(variance, 0);
});

test("the tree's moments are those of the end points of every sequence of three samples", () => {
  const three = [...data, { input: -0.5, label: 1 }];
  const network = { unit: tanhUnit, data: three };
  const ends = three.flatMap((_, i) => three.map((_unused, j) => [i, j].reduce((at, sample) => at.map((value, k) => value + 0.3 * meanFieldVelocity(network, at, sample)[k]), [0.2, 1.1])));
  const values = ends.map((end) => (Math.exp(end[0]) + Math.exp(end[1])) / 2);
  const average = values.reduce((sum, value) => sum + value, 0) / 9;
  const { mean, variance } = meanFieldTree({ network, particles: [0.2, 1.1], stepSize: 0.3, steps: 2, statistic: Math.exp });
  near(mean, average, 1e-13);
  near(variance, values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 9, 1e-12);
});

const particlesOf = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 5 });

test("with the Lions term the drift is -∇(U + η/4 |∇U|²) of the lifted risk U = M R, without it not", () => {
  const network = { unit: tanhUnit, data };
  const velocity = (at: readonly number[]) => meanFieldDrift(network, at, { own: 0, lions: 0 });
  const lifted = (at: readonly number[], stepSize: number) => {
    const risk = data.reduce((sum, { input, label }) => sum + (at.reduce((total, theta) => total + Math.tanh(theta * input), 0) / at.length - label) ** 2 / (2 * data.length), 0);
    return at.length * risk + (stepSize / 4) * velocity(at).reduce((sum, value) => sum + value * value, 0);
  };
  let farthest = 0;
  fc.assert(fc.property(particlesOf, fc.double({ min: 0, max: 0.5, noNaN: true }), (particles, stepSize) => {
    const width = 1e-4;
    const gradient = particles.map((_, k) => {
      const at = (sign: number) => lifted(particles.map((value, j) => (j === k ? value + sign * width : value)), stepSize);
      return (at(1) - at(-1)) / (2 * width);
    });
    const [full, without] = [1, 0].map((lions) => meanFieldDrift(network, particles, { own: stepSize, lions: lions * stepSize }));
    full.forEach((value, k) => assert.ok(Math.abs(value + gradient[k]) < 1e-6, `${value} is not ${-gradient[k]}`));
    without.forEach((value, k) => { farthest = Math.max(farthest, Math.abs(value + gradient[k])); });
  }), { seed: 4, numRuns: 60 });
  assert.ok(farthest > 1e-3, `the Lions term is seen: ${farthest}`);
});

test("the scalar drift is that of its neurons, term by term", () => {
  fc.assert(fc.property(particlesOf.filter((values) => values.some((value) => Math.abs(value) > 0.1)), (particles) => {
    const m = particles.reduce((sum, value) => sum + value * value, 0) / particles.length;
    const eta = 0.2;
    const rate = (own: number, lions: number) => {
      const drift = meanFieldDrift({ unit: squareUnit, data }, particles, { own, lions });
      return drift.reduce((sum, value, k) => sum + (2 * particles[k] * value) / particles.length, 0);
    };
    const ito = scalarMeanFieldDrift(data, eta, "none")(m) - rate(0, 0);
    for (const [correction, own, lions] of [["none", 0, 0], ["without Lions term", eta, 0], ["full", eta, eta]] as const)
      assert.ok(Math.abs(scalarMeanFieldDrift(data, eta, correction)(m) - ito - rate(own, lions)) < 1e-9 * (1 + m ** 3));
  }), { seed: 5, numRuns: 50 });
});

test("the scalar drift has SGD’s second order: h̄ + η(ḡ − h̄h̄′/2)", () => {
  const [m, eta, width] = [0.8, 0.1, 1e-5];
  const first = (at: number) => data.map(({ input, label }) => -4 * at * input * (input * at - label));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const second = meanOf(data.map(({ input, label }) => 4 * m * (input * (input * m - label)) ** 2));
  const slope = (meanOf(first(m + width)) - meanOf(first(m - width))) / (2 * width);
  near(scalarMeanFieldDrift(data, eta, "full")(m), meanOf(first(m)) + eta * (second - (meanOf(first(m)) * slope) / 2), 1e-8);
});

test("Crank and Nicolson give the moments of geometric Brownian motion and of a transport, to second order", () => {
  const solve = (cells: number, timeSteps: number) => backwardKolmogorov({ drift: () => -0.3, variance: () => 0.4, terminal: (u) => Math.exp(-u), horizon: 1, at: 0.2, halfWidth: 8, cells, timeSteps });
  const exact = Math.exp(-0.2 + 0.3 + 0.2);
  const [coarse, fine] = [solve(200, 20), solve(400, 40)].map((value) => Math.abs(value - exact));
  assert.ok(fine < 1e-3 * exact && coarse / fine > 3.7 && coarse / fine < 4.3, `${coarse / fine}`);
  near(backwardKolmogorov({ drift: (u) => -u, variance: () => 0, terminal: Math.sin, horizon: 1, at: 1, halfWidth: 4, cells: 1600, timeSteps: 400 }), Math.sin(Math.exp(-1)), 1e-5);
});

test("the flow at η = 0 is the mean-field limit by either route", () => {
  const { value } = scalarMeanFieldFlow({ data, stepSize: 0, horizon: 1, start: 1, statistic, correction: "none" });
  const limit = meanFieldFlow({ network: { unit: squareUnit, data }, particles: [1], horizon: 1, correction: { own: 0, lions: 0 }, statistic: (theta) => statistic(theta * theta) });
  near(value, limit.value, 1e-8);
  assert.ok(limit.error < 1e-9);
});

test("the missing Lions term moves the scalar flow by its first-order effect", () => {
  const at = (correction: "full" | "without Lions term") => scalarMeanFieldFlow({ data, stepSize: 1 / 1024, horizon: 1, start: 1, statistic, correction }).value;
  const effect = lionsTermEffect({ network: { unit: squareUnit, data }, particles: [1], horizon: 1, statistic: (theta) => statistic(theta * theta) });
  near((at("without Lions term") - at("full")) * 1024, effect, 0.02);
});

test("bad input is refused by name", () => {
  const scalar = { data, stepSize: 0.1, steps: 4, start: 1, statistic };
  assert.throws(() => scalarMeanFieldSgd({ ...scalar, data: [] }), /data\.length: expected at least 1 data point, found 0/);
  assert.throws(() => scalarMeanFieldSgd({ ...scalar, stepSize: 0.6 }), /stepSize: expected a step after which no m reachable .* found 0\.6/);
  assert.throws(() => scalarMeanFieldSgd({ ...scalar, steps: 0 }), /steps: expected an integer of at least 1, found 0/);
  assert.throws(() => scalarMeanFieldSgd({ ...scalar, tolerance: 1e-300 }), /no 1e-302 on/);
  const flow = { data, stepSize: 0.1, horizon: 1, start: 1, statistic, correction: "full" } as const;
  assert.throws(() => scalarMeanFieldFlow({ ...flow, halfWidth: 0.2 }), /expected an error of at most 0\.000001, found .* ±0\.2/);
  assert.throws(() => scalarMeanFieldFlow({ ...flow, start: 0 }), /start: expected a finite number above 0, found 0/);
  const tree = { network: { unit: tanhUnit, data }, particles: [1], stepSize: 0.1, steps: 3, statistic: (value: number) => value };
  assert.throws(() => meanFieldTree({ ...tree, particles: [] }), /particles\.length: expected at least 1 values, found 0/);
  assert.throws(() => meanFieldTree({ ...tree, steps: 25 }), /steps: expected at most 16777216 sequences of 2 samples, found 25/);
  assert.throws(() => meanFieldTree({ ...tree, network: { unit: squareUnit, data }, stepSize: 1e200, steps: 9 }), /expected every path to stay finite, found .* at step size 1e\+200/);
  assert.throws(() => backwardKolmogorov({ drift: () => 0, variance: () => -1, terminal: () => 0, horizon: 1, at: 0, halfWidth: 1, cells: 4, timeSteps: 1 }), /variance\(-1\): expected a number of at least 0, found -1/);
});
