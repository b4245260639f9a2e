import assert from "node:assert/strict";
import {test} from "node:test";
import {findRoot, kestenIndex} from "../../../src/numerics/index.ts";
import type {FiniteDataCell} from "../../../src/papers/heavy-tails/finite-data-cells.ts";
import {momentGrowth} from "../../../src/papers/heavy-tails/moment-growth.ts";
import {rankOneSteps, sgdTailIndex} from "../../../src/papers/heavy-tails/sgd-tail-index.ts";
import {createStream} from "../../../src/random/index.ts";

const random = (purpose: string) => createStream({seed: 7, experiment: "tail index", cell: "test", block: 0}).generator(purpose);
const size = {particles: 1000, steps: 500};

function cellOf(eigenvalues: readonly number[], stepSize: number, rows: readonly number[] | null = null, ridge = 0): FiniteDataCell {
  const samples = rows === null ? null : {count: rows.length, dimension: 1, features: Float64Array.from(rows), labels: new Float64Array(rows.length)};
  return {dataSet: rows === null ? "stream" : "plane", control: false, stepRatio: 0.5, sgd: {eigenvalues, ridge, stepSize, batchSize: 1}, set: {name: "stream", quadratic: {eigenvalues, solution: eigenvalues.map(() => 0), loss: 1}, samples, labelNoise: 0}};
}

const within = (found: number, expected: number, relative: number) => assert.ok(Math.abs(found / expected - 1) < relative, `${found} against ${expected}`);

test("on a Gaussian stream in one dimension the index is Kesten's", () => {
  const stepSize = 0.5;
  const found = sgdTailIndex(cellOf([1], stepSize), size, random);
  const exact = kestenIndex({stepSize, batchSize: 1, inputs: {kind: "gaussian"}});
  assert.ok(found.kind === "power law" && exact.kind === "power law");
  within(found.index, exact.index, 0.05);
  within(found.lyapunovExponent, exact.lyapunovExponent, 0.05);
});

test("on two samples the index solves the mean of |1 − γ(a² + δ)|^α = 1", () => {
  const [stepSize, ridge] = [0.5, 0.1];
  const exact = findRoot((index) => (Math.abs(1 - stepSize * (1 + ridge)) ** index + Math.abs(1 - stepSize * (5 + ridge)) ** index) / 2 - 1, 0.5, 20);
  const found = sgdTailIndex(cellOf([3], stepSize, [1, Math.sqrt(5)], ridge), size, random);
  assert.ok(found.kind === "power law" && found.low! < exact && exact < found.high!, JSON.stringify([found, exact]));
  within(found.index, exact, 0.03);
});

test("the second moment of isotropic Gaussian steps grows by 1 − 2γ + γ²(d + 2)", () => {
  const {rate, standardError} = momentGrowth(rankOneSteps(cellOf([1, 1, 1], 0.3)), 2, size, random("second moment"));
  const exact = Math.log(1 - 2 * 0.3 + 0.09 * 5);
  assert.ok(Math.abs(rate - exact) < Math.max(0.004, 4 * standardError), `${rate} ± ${standardError} against ${exact}`);
});

test("bounded support, divergence and an index out of reach are told apart", () => {
  assert.equal(sgdTailIndex(cellOf([2], 0.6, [1, Math.sqrt(3)]), size, random).kind, "no power law");
  const diverging = sgdTailIndex(cellOf([1], 4), size, random);
  assert.ok(diverging.kind === "not stationary" && diverging.lyapunovExponent > 0 && /diverges/.test(diverging.reason));
  assert.equal(sgdTailIndex(cellOf([2], 0.67, [1, Math.sqrt(3)]), size, random).kind, "beyond");
});
