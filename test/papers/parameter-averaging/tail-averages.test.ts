import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {averageRisk, meanSquareLoad} from "../../../src/papers/parameter-averaging/tail-average-moments.ts";
import {tailAverages, tailVerdicts} from "../../../src/papers/parameter-averaging/index.ts";
import type {TailAverageRow} from "../../../src/papers/parameter-averaging/index.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells} from "../cells.ts";

const problem = {curvatures: [1, 0.4], stepSize: 0.2, noiseVariance: 0.5, start: [1, -2]};
const context = {stream: (cell: string, block: number) => createStream({seed: 4, experiment: "tail averages", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const parameters = {curvatures: [1, 0.3, 0.1], stepSize: 0.1, labelNoise: 1, horizons: [100, 400, 1600, 6400]};

const risks = (change: Partial<typeof parameters> = {}) => runExperiment(tailAverages, {...parameters, ...change}, context);

test("a horizon is read by its own cell alone", () => {
  assertCells(tailAverages, parameters, [{change: {horizons: [100, 400, 1600, 3200]}, affects: ["3200 steps"]}, {change: {stepSize: 0.2}, affects: /^/}]);
});

test("two steps agree with moments by hand", () => {
  const one = {curvatures: [2], stepSize: 0.1, noiseVariance: 3, start: [5]};
  const second = 25 * (1 - 0.4 + 2 * 0.04) + 0.01 * 2 * (2 * 25 + 3);
  const crossed = 25 * (1 - 0.2);
  const {last, average} = averageRisk(one, 2, 0);
  assert.ok(Math.abs(last - second) < 1e-12);
  assert.ok(Math.abs(average - (25 + second + 2 * crossed) / 4) < 1e-12);
  assert.ok(Math.abs(averageRisk(one, 2, 1).average - second) < 1e-12);
});

test("the risks are those of simulated SGD, for the last iterate and averages from any start", () => {
  const [runs, steps] = [40_000, 12];
  const generator = createStream({seed: 4, experiment: "tail averages", cell: "test", block: 0}).generator("inputs");
  const burnIns = [0, 6];
  const values: number[][] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    let w = [...problem.start];
    const sums = burnIns.map(() => [0, 0]);
    let last = w;
    for (let t = 0; t < steps; t++) {
      last = w;
      burnIns.forEach((burnIn, k) => t >= burnIn && w.forEach((value, i) => (sums[k]![i]! += value)));
      const x = problem.curvatures.map((h) => Math.sqrt(h) * generator.normal());
      const error = x[0]! * w[0]! + x[1]! * w[1]! - Math.sqrt(problem.noiseVariance) * generator.normal();
      w = w.map((value, i) => value - problem.stepSize * x[i]! * error);
    }
    const risk = (point: readonly number[]) => point.reduce((sum, value, i) => sum + 0.5 * problem.curvatures[i]! * value ** 2, 0);
    values[0]!.push(risk(last));
    burnIns.forEach((burnIn, k) => values[k + 1]!.push(risk(sums[k]!.map((value) => value / (steps - burnIn)))));
  }
  const expected = [averageRisk(problem, steps, 0).last, ...burnIns.map((burnIn) => averageRisk(problem, steps, burnIn).average)];
  expected.forEach((exact, k) => {
    const mean = values[k]!.reduce((sum, value) => sum + value, 0) / runs;
    const error = Math.sqrt(values[k]!.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / runs;
    assert.ok(Math.abs(mean - exact) < 4 * error && error < 0.02 * exact, `${k}: ${mean} ± ${error} against ${exact}`);
  });
});

test("transient and noise add up to the whole risk", () => {
  const part = (start: readonly number[], noiseVariance: number) => averageRisk({...problem, start, noiseVariance}, 30, 10).average;
  assert.ok(Math.abs(part(problem.start, 0) + part([0, 0], 0.5) - averageRisk(problem, 30, 10).average) < 1e-12);
});

test("the longest of whole averages forget as 1/T and tails cost the inverse of their fraction", async () => {
  const verdicts = new Map(tailVerdicts(await risks()).map((verdict) => [verdict.id, verdict]));
  const outcomes = [...verdicts.values()].map(({id, outcome}) => [id.replace("parameter-averaging.", ""), outcome]);
  assert.deepEqual(outcomes, [["tail-transient", "reproduced"], ["tail-removal", "reproduced"], ["tail-noise.2", "reproduced"], ["tail-noise.4", "reproduced"]]);
});

test("short horizons are told from long ones: the order is not reached, the tail still carries the start", async () => {
  const outcomes = async (horizons: number[]) => tailVerdicts(await risks({horizons})).map(({outcome}) => outcome);
  assert.deepEqual(await outcomes([4, 10, 20, 40]), ["not reproduced", "not reproduced", "approximate", "not reproduced"]);
  assert.deepEqual(await outcomes([4, 40, 200, 400]), ["approximate", "not reproduced", "approximate", "approximate"]);
});

test("an order of fewer than four horizons is inconclusive and says how many there are", async () => {
  const [order] = tailVerdicts(await risks({horizons: [100, 400, 1600]}));
  assert.equal(order!.outcome, "inconclusive");
  assert.match(order!.explanation, /at least 4 horizons, found 3/);
});

test("a transient that stays, or noise that does not rise, is not reproduced", async () => {
  const rows = await risks();
  const changed = (method: string, change: Partial<TailAverageRow>) => tailVerdicts(rows.map((row) => (row.method === method ? {...row, ...change} : row)));
  assert.equal(changed("average of last half", {transient: 1})[1]!.outcome, "not reproduced");
  assert.equal(changed("average of last half", {noise: rows.at(-4)!.noise})[2]!.outcome, "not reproduced");
});

test("unstable steps are refused with the number that decides", async () => {
  assert.ok(Math.abs(meanSquareLoad({curvatures: [1, 0.5], stepSize: 0.2}) - (0.2 / 1.6 + 0.1 / 1.8)) < 1e-15);
  await assert.rejects(risks({stepSize: 0.7}), {name: "RangeError", message: /^stepSize: expected Σ ηh\/\(2 − 2ηh\) < 1, .* found 1\.3.* at 0\.7$/});
  await assert.rejects(risks({stepSize: 1}), /found Infinity at 1/);
  assert.throws(() => averageRisk(problem, 4, 4), {name: "RangeError", message: "burnIn: expected an integer from 0 to 3, found 4"});
});
