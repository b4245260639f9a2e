import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {directionalAlignment, directionalNoiseVerdicts, isotropicTailIndex, noiseAlongGradient, parameterSections, passageSlopes, passageSlopeVerdicts, readingVerdicts, stepLimit, stepLimitVerdicts, twoReadings} from "../../../src/papers/one-noise-model/index.ts";
import type {DirectionalNoise, TwoReadings} from "../../../src/papers/one-noise-model/index.ts";
import {createStream} from "../../../src/random/index.ts";

const contextOf = (seed: number) => ({
  stream: (cell: string, block: number) => createStream({seed, experiment: "joint", cell, block}),
  ensembles: ensemblesHere,
  progress: () => {}
});

test("the index that both papers give: finite variance exactly below γ tr H = 2B, none at the critical dimension", () => {
  assert.equal(isotropicTailIndex(1, 0.5), 5);
  assert.ok(isotropicTailIndex(4, 0.5 - 1e-9) > 2 && isotropicTailIndex(4, 0.5 + 1e-9) < 2);
  assert.equal(isotropicTailIndex(6, 0.5), 0);
});

test("exact first passages grow with half the tail index, and logarithmically beyond the critical dimension", () => {
  const slopes = passageSlopes({stepOverBatch: 0.5, dimensions: [1, 3, 8], decades: 6});
  const last = (dimension: number) => slopes.filter((slope) => slope.dimension === dimension).at(-1)!;
  assert.ok(Math.abs(last(1).slope - 2.5) < 1e-4, String(last(1).slope));
  assert.ok(Math.abs(last(3).slope - 1.5) < 1e-3, String(last(3).slope));
  const beyond = slopes.filter(({dimension, lossRatio}) => dimension === 8 && lossRatio > 1e4);
  const [early, late] = [beyond[0]!, beyond.at(-1)!];
  const rate = (1 / late.slope - 1 / early.slope) / Math.log(late.lossRatio / early.lossRatio);
  assert.ok(Math.abs(rate - 1) < 0.01, `t_p = A log(c/c₀) has a local exponent of 1/log(c/c₀), found a rate of ${rate}`);
});

test("the verdicts on first passage follow from slope and index", () => {
  const cell = (dimension: number, slope: number, halfTailIndex: number) => ({dimension, lossRatio: 1e6, slope, halfTailIndex});
  const outcomes = (rows: Parameters<typeof passageSlopeVerdicts>[0]) => passageSlopeVerdicts(rows).map(({id, outcome}) => [id, outcome]);
  assert.deepEqual(outcomes([cell(1, 2.51, 2.5), cell(2, 1.99, 2), cell(8, 0.05, -1), cell(9, 0.4, -1)]), [
    ["one-noise-model.half-tail-index", "reproduced"],
    ["one-noise-model.beyond-critical.dimension-8", "reproduced"],
    ["one-noise-model.beyond-critical.dimension-9", "not reproduced"]
  ]);
  assert.deepEqual(outcomes([cell(1, 2.5, 2.5), cell(2, 1.8, 2)]), [["one-noise-model.half-tail-index", "approximate"]], "the dimension that is farthest off counts");
  assert.deepEqual(outcomes([cell(1, 2.5, 2.5), cell(4, 0.5, 1)]), [["one-noise-model.half-tail-index", "not reproduced"]]);
});

test("the exact directional noise: κ − 1 far out in one dimension, Isserlis at 3, 1 next to the minimum", () => {
  const at = (dimension: number, kurtosis: number, signal: number, direction: "along" | "across") => directionalAlignment({dimension, kurtosis, signal, direction});
  for (const kurtosis of [1, 2, 3, 7]) assert.ok(Math.abs(at(1, kurtosis, 1e9, "along") - (kurtosis - 1)) < 1e-7);
  assert.equal(at(10, 3, 1, "along"), 1.5);
  assert.equal(at(10, 3, 1, "across"), 1);
  assert.equal(at(10, 1, 1e-12, "across").toFixed(9), "1.000000000");
});

test("single gradients have the exact noise in every direction and at every kurtosis, and are far from a wrong one", async () => {
  const rows = await runExperiment(noiseAlongGradient, {dimensions: [1, 3], kurtoses: [1, 2, 3], signals: [0.5, 9], replicas: 40_000}, contextOf(3));
  assert.equal(rows.length, 2 * 3 * (1 + 2));
  for (const {alignment, exact, standardError, dimension, kurtosis, direction} of rows) assert.ok(Math.abs(alignment - exact) < 4.5 * standardError, `d = ${dimension}, κ = ${kurtosis}, ${direction}: ${alignment} ± ${standardError}, exactly ${exact}`);
  const wrong = rows.map((row) => ({...row, exact: directionalAlignment({...row, kurtosis: row.kurtosis + 0.5})}));
  assert.notEqual(directionalNoiseVerdicts(wrong)[0]!.outcome, "reproduced");
});

test("decoupled noise is judged by its interval at the largest distance", () => {
  const row = (kurtosis: number, signal: number, alignment: number): DirectionalNoise => ({dimension: 1, kurtosis, signal, direction: "along", alignment, standardError: 0.005, low: alignment - 0.01, high: alignment + 0.01, exact: directionalAlignment({dimension: 1, kurtosis, signal, direction: "along"}), replicas: 1000});
  const outcomes = directionalNoiseVerdicts([row(1, 16, 0.059), row(2, 1, 1.4), row(2, 16, 1.001), row(3, 16, 1.2)]).slice(1).map(({outcome}) => outcome);
  assert.deepEqual(outcomes, ["not reproduced", "reproduced", "approximate"]);
});

test("tail indices times step size go to 1.7956, 2 and 1 in any dimension, and SGD has none where it diverges", async () => {
  const rows = await runExperiment(stepLimit, {dimensions: [1, 5], leastStepSize: 1e-5, points: 9}, contextOf(0));
  const limit = (dimension: number, law: string) => rows.find((row) => row.dimension === dimension && row.law === law && row.stepSize < 2e-5)!.scaled!;
  for (const dimension of [1, 5]) {
    assert.ok(Math.abs(limit(dimension, "SGD") - 1.7956) < 2e-4, String(limit(dimension, "SGD")));
    assert.ok(Math.abs(limit(dimension, "decoupled diffusion") - 2) < 1e-4);
    assert.ok(Math.abs(limit(dimension, "exact-covariance diffusion") - 1) < 1e-4);
  }
  assert.equal(rows.find(({dimension, law, stepSize}) => dimension === 5 && law === "SGD" && stepSize === 1)!.index, null);
  assert.deepEqual(stepLimitVerdicts(rows).map(({outcome}) => outcome), ["reproduced", "approximate", "not reproduced"]);
});

test("hSGD has the exponent of both papers at core and tail, SGD another at each", async () => {
  const rows = await runExperiment(twoReadings, {stepSizes: [0.5, 0.7, 0.9, 1], chains: 20_000, relaxationTimes: 30, relativeTimeStep: 0.02}, contextOf(5));
  const of = (process: string, stepSize: number) => rows.find((row) => row.process === process && row.stepSize === stepSize)!;
  assert.equal(of("hSGD", 0.5).predicted, 5);
  assert.ok(Math.abs(of("hSGD", 0.5).coreIndex - 5) < 4 * of("hSGD", 0.5).coreError);
  assert.ok(Math.abs(of("SGD", 1).exactTailIndex - 1.0908) < 1e-3);
  assert.ok(of("SGD", 1).tailLow! < 1.0908 && of("SGD", 1).tailHigh! > 1.0908, `${of("SGD", 1).tailLow} ${of("SGD", 1).tailHigh}`);
  assert.deepEqual(readingVerdicts(rows).map(({outcome}) => outcome), ["reproduced", "approximate"]);
  assert.ok(of("SGD", 1).coreIndex < 1.2 && Math.abs(of("SGD", 1).coreIndex - 1.0908) > 2 * of("SGD", 1).coreError, String(of("SGD", 1).coreIndex));
});

test("a step size at which SGD has no stationary law is refused by name, before any work", () => {
  const parameters = {stepSizes: [0.5, 1, 1.5, 3.6], chains: 10_000, relaxationTimes: 10, relativeTimeStep: 0.1};
  assert.throws(() => twoReadings.cells(parameters), /stepSizes\[3\]: expected a step size at which SGD has a stationary law, found 3\.6/);
  assert.equal(parameterSections.twoReadings.safeParse(parameters).success, false);
});

test("one cell off its exact value is a rejection, however good the pooled ratio", () => {
  const row = (stepSize: number, coreIndex: number): TwoReadings => ({process: "hSGD", stepSize, coreIndex, coreError: 0.001, coreLow: 0, coreHigh: 0, tailIndex: null, tailLow: null, tailHigh: null, exceedances: 0, exactTailIndex: 5, predicted: 5, used: 10, total: 10});
  assert.equal(readingVerdicts([row(0.3, 5), row(0.4, 5), row(0.5, 5), row(0.6, 5)].flatMap((hsgd) => [hsgd, {...hsgd, process: "SGD" as const}]))[0]!.outcome, "reproduced");
  assert.equal(readingVerdicts([row(0.3, 5), row(0.4, 5), row(0.5, 5), row(0.6, 5.02)].flatMap((hsgd) => [hsgd, {...hsgd, process: "SGD" as const}]))[0]!.outcome, "approximate");
});
