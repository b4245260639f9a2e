import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {meanFieldNetworkVerdicts, meanFieldSizes, meanFieldSizeVerdicts, meanFieldStarts, meanFieldStartVerdicts, meanFieldWeakErrors, parameterSections, scalarMeanFieldErrors, scalarMeanFieldValues, scalarMeanFieldVerdicts} from "../../../src/papers/stochastic-modified-flows/index.ts";
import type {MeanFieldSize, MeanFieldStart, MeanFieldVariant, MeanFieldWeakError, ScalarMeanFieldError} from "../../../src/papers/stochastic-modified-flows/index.ts";
import {createStream} from "../../../src/random/index.ts";
import type {Verdict} from "../../../src/verdicts/index.ts";
import {assertCells} from "../cells.ts";

const contextOf = (seed: number) => ({stream: (cell: string, block: number) => createStream({seed, experiment: "mean field", cell, block}), ensembles: ensemblesHere, progress: () => {}});
const scalar = {data: [{input: 1, label: 1.2}, {input: 1.5, label: 0.3}], horizon: 1, start: 1, stepCounts: [8, 16, 32, 64]};
const network = {
  data: [{input: 1, label: 1.6}, {input: 1.5, label: -1}],
  horizon: 1,
  lowest: -1,
  highest: 2.5,
  neurons: 16,
  stepCounts: [4, 8],
  pairs: 1000,
  timeSteps: 4,
  sizes: {neurons: [16, 64], steps: 6, pairs: 1000},
  starts: {neurons: [8, 16, 32, 64], steps: 3, draws: 60, limitNeurons: 512}
};
const variants: readonly MeanFieldVariant[] = ["full flow", "without Lions term", "without correction", "mean-field limit"];
const outcomes = (verdicts: readonly Verdict[]) => Object.fromEntries(verdicts.map(({id, outcome}) => [id.split(".")[1], outcome]));

test("the exact scalar errors have order 2 with the Lions term and 1 without", async () => {
  const rows = scalarMeanFieldErrors(await runExperiment(scalarMeanFieldValues, scalar, contextOf(0)), scalar);
  assert.equal(rows.length, 16);
  const at = (variant: MeanFieldVariant, steps: number) => rows.find((row) => row.variant === variant && row.steps === steps)!;
  assert.ok(Math.abs(at("full flow", 64).error + 8.5287e-5) < 1e-8 && Math.abs(at("without Lions term", 64).error + 4.89644e-4) < 1e-8);
  assert.ok(Math.abs(at("full flow", 64).slope! - 2.1963) < 1e-3 && at("full flow", 8).slope === null);
  assert.ok(rows.every(({numericalError, error}) => numericalError < 1e-3 * Math.abs(error)));
  await assert.rejects(runExperiment(scalarMeanFieldValues, {...scalar, stepCounts: [1, 2, 3, 4]}, contextOf(0)), /stepSize: expected a step after which no m reachable/);
});

/** Errors c η^order of one variant, at step sizes 1/8, 1/16, …. */
const scalarRows = (orders: Readonly<Record<MeanFieldVariant, number>>, count = 5, numericalError = 1e-12): readonly ScalarMeanFieldError[] =>
  variants.flatMap((variant) =>
    Array.from({length: count}, (_, i): ScalarMeanFieldError => {
      const stepSize = 2 ** -(i + 3);
      return {steps: 2 ** (i + 3), stepSize, variant, sgd: 1, value: 1, error: 0.1 * stepSize ** orders[variant], numericalError, slope: i === 0 ? null : orders[variant], lionsEffect: 0.1};
    })
  );
const expected = {"full flow": 2, "without Lions term": 1, "without correction": 1, "mean-field limit": 1};

test("scalar orders are judged by their last slopes and limits, and each outcome is reached", () => {
  assert.deepEqual(outcomes(scalarMeanFieldVerdicts(scalarRows(expected))), {
    "scalar-mean-field-order": "reproduced",
    "scalar-lions-term-raises-order": "reproduced",
    "scalar-order-without-lions-term": "reproduced",
    "scalar-order-without-correction": "reproduced",
    "scalar-mean-field-limit-order": "reproduced",
    "scalar-lions-coefficient": "reproduced"
  });
  assert.deepEqual(outcomes(scalarMeanFieldVerdicts(scalarRows({"full flow": 1.7, "without Lions term": 1.8, "without correction": 1.1, "mean-field limit": 2}))), {
    "scalar-mean-field-order": "approximate",
    "scalar-lions-term-raises-order": "not reproduced",
    "scalar-order-without-lions-term": "not reproduced",
    "scalar-order-without-correction": "approximate",
    "scalar-mean-field-limit-order": "not reproduced",
    "scalar-lions-coefficient": "not reproduced"
  });
  assert.equal(outcomes(scalarMeanFieldVerdicts(scalarRows({...expected, "full flow": 1})))["scalar-mean-field-order"], "not reproduced");
});

test("fewer than 4 step sizes and numerical errors that are too large are inconclusive, with the number", () => {
  const few = scalarMeanFieldVerdicts(scalarRows(expected, 3));
  assert.ok(few.every(({outcome, explanation}) => outcome === "inconclusive" && explanation === "an order needs at least 4 step sizes, found 3"));
  const coarse = scalarMeanFieldVerdicts(scalarRows(expected, 5, 1e-7))[0]!;
  assert.equal(coarse.outcome, "inconclusive");
  assert.match(coarse.explanation, /the numerical error at η = 0\.00781 is \+1\.6 % of the weak error, more than \+1\.0 %/);
});

test("simulated errors of the flow agree with a second key, and fall by order 2", async () => {
  const [rows, again] = [await runExperiment(meanFieldWeakErrors, network, contextOf(1)), await runExperiment(meanFieldWeakErrors, network, contextOf(2))];
  assert.equal(rows.length, 8);
  rows.forEach((row, i) => {
    const other = again[i]!;
    assert.equal(row.sgd, other.sgd);
    assert.ok(Math.abs(row.error - other.error) <= 5 * Math.hypot(row.standardError, other.standardError), `${row.variant} at ${row.steps}: ${row.error}, ${other.error}`);
  });
  const full = rows.filter(({variant}) => variant === "full flow");
  const slope = Math.log2(full[0]!.error / full[1]!.error);
  assert.ok(Math.abs(slope - 2.4) < 0.2, String(slope));
  assert.ok(full.every(({beyondFull, timeStepBias, error}) => beyondFull === 0 && Math.abs(timeStepBias!) < 0.1 * Math.abs(error)));
  assert.ok(rows.filter(({variant}) => variant === "mean-field limit").every(({variance, standardError}) => variance === 0 && standardError === 0));
});

const networkRow = (variant: MeanFieldVariant, stepSize: number, row: Partial<MeanFieldWeakError>): MeanFieldWeakError => ({
  steps: Math.round(1 / stepSize),
  stepSize,
  variant,
  sgd: 1,
  error: 0,
  standardError: 1e-7,
  low: 0,
  high: 0,
  beyondFull: 0,
  beyondFullError: 1e-7,
  timeStepBias: null,
  timeStepBiasError: null,
  sgdVariance: 0.01 * stepSize,
  variance: 0.01 * stepSize,
  varianceError: 1e-6,
  lionsEffect: 0.002,
  pairs: 1000,
  ...row
});
const steps = [1 / 4, 1 / 6, 1 / 8, 1 / 12, 1 / 16];
const networkRows = ({order = 2, standardError = 1e-7, timeStepBias = 0, ratio = 1, effect = 0.002, count = 5}) =>
  steps.slice(0, count).flatMap((eta) => [
    networkRow("full flow", eta, {error: -0.1 * eta ** order, standardError, timeStepBias, timeStepBiasError: 0, variance: 0.01 * eta * (ratio + eta)}),
    networkRow("without Lions term", eta, {beyondFull: effect * eta + 0.03 * eta ** 2}),
    networkRow("mean-field limit", eta, {error: -0.5 * eta})
  ]);

test("network claims reach each outcome", () => {
  assert.deepEqual(outcomes(meanFieldNetworkVerdicts(networkRows({}))), {
    "network-order": "reproduced",
    "network-lions-coefficient": "reproduced",
    "network-limit-order": "reproduced",
    "limit-without-fluctuations": "reproduced",
    "common-noise-variance": "reproduced"
  });
  const wrong = outcomes(meanFieldNetworkVerdicts(networkRows({order: 1, ratio: 2, effect: 0.004})));
  assert.deepEqual([wrong["network-order"], wrong["network-lions-coefficient"], wrong["common-noise-variance"]], ["not reproduced", "not reproduced", "not reproduced"]);
  const near = outcomes(meanFieldNetworkVerdicts(networkRows({order: 1.8, ratio: 1.2, effect: 0.0024})));
  assert.deepEqual([near["network-order"], near["network-lions-coefficient"], near["common-noise-variance"]], ["approximate", "approximate", "approximate"]);
  assert.equal(outcomes(meanFieldNetworkVerdicts(networkRows({standardError: 3e-5})))["network-order"], "inconclusive");
});

test("three step sizes, or a time step that matters, leave the network's order open, with the number", () => {
  for (const {outcome, explanation} of meanFieldNetworkVerdicts(networkRows({count: 3}))) assert.deepEqual([outcome, explanation], ["inconclusive", "an order needs at least 4 step sizes, found 3"]);
  const {outcome, explanation} = meanFieldNetworkVerdicts(networkRows({timeStepBias: 5e-5}))[0]!;
  assert.equal(outcome, "inconclusive");
  assert.match(explanation, /at η = 0\.0833 the time step adds \+7\.2 % to the error/);
});

test("the error is the same for 16 and 64 neurons, and independent noise loses variance as 1/M", async () => {
  const rows = await runExperiment(meanFieldSizes, network, contextOf(3));
  const [few, many] = rows as [MeanFieldSize, MeanFieldSize];
  assert.equal(few.ratio, 1);
  assert.ok(Math.abs(many.ratio - 1) < 0.15, String(many.ratio));
  assert.ok(Math.abs(few.independentVariance / many.independentVariance - 4) < 0.8, String(few.independentVariance / many.independentVariance));
  assert.ok(Math.abs(many.commonVariance / few.commonVariance - 1) < 0.1);
});

test("uniformity and the control are judged by their intervals", () => {
  const row = (neurons: number, ratio: number, half: number, independentVariance: number): MeanFieldSize => ({neurons, stepSize: 0.1, error: 1e-3 * ratio, low: 0, high: 0, ratio, ratioLow: ratio - half, ratioHigh: ratio + half, sgdVariance: 1, commonVariance: 1, commonVarianceError: 0.01, independentVariance, independentVarianceError: 0.01, pairs: 10});
  const judged = (ratio: number, half: number, independent: number) => meanFieldSizeVerdicts([row(16, 1, 0, 2), row(64, 1.01, 0.01, 1), row(256, ratio, half, independent)]).map(({outcome}) => outcome);
  assert.deepEqual(judged(1.05, 0.02, 0.1), ["reproduced", "reproduced"]);
  assert.deepEqual(judged(1.25, 0.02, 0.5), ["approximate", "inconclusive"]);
  assert.deepEqual(judged(2, 0.02, 0.9), ["not reproduced", "not reproduced"]);
  assert.match(meanFieldSizeVerdicts([row(16, 1, 0, 2)])[0]!.explanation, /at least 2 numbers of neurons, found 1/);
});

test("drawn starts are farther from the law than quantiles, which miss it as M⁻²", async () => {
  const rows = await runExperiment(meanFieldStarts, network, contextOf(4));
  const at = (neurons: number, start: string) => rows.find((row) => row.neurons === neurons && row.start === start)!.deviation;
  assert.ok(Math.abs(at(8, "quantiles") / at(32, "quantiles") / 16 - 1) < 0.2, String(at(8, "quantiles") / at(32, "quantiles")));
  assert.ok(at(64, "drawn") > 20 * at(64, "quantiles") && at(8, "drawn") > at(64, "drawn"));
});

test("the rate of drawn starts reaches each outcome", () => {
  const judged = (slope: number, logStandardError = 0.02, count = 5) => meanFieldStartVerdicts(Array.from({length: count}, (_, i): MeanFieldStart => ({neurons: 16 * 2 ** i, start: "drawn", stepSize: 0.2, deviation: (16 * 2 ** i) ** slope, logStandardError, limit: 1, draws: 100})))[0]!;
  assert.deepEqual([-0.5, -0.65, -1].map((slope) => judged(slope).outcome), ["reproduced", "approximate", "not reproduced"]);
  assert.equal(judged(-0.5, 0.5).outcome, "inconclusive");
  assert.match(judged(-0.5, 0.02, 3).explanation, /at least 4 points, found 3/);
});

test("a cell reads one step size or one number of neurons, and nothing of the other tables", () => {
  assertCells(scalarMeanFieldValues, scalar, [
    {change: {stepCounts: [8, 16, 32, 128]}, affects: /steps 128$/},
    {change: {start: 2}, affects: /./}
  ]);
  const {sizes, starts} = network;
  const changes = {counts: {stepCounts: [4, 6]}, neurons: {neurons: 32}, pairs: {pairs: 2000}, sizes: {sizes: {...sizes, neurons: [16, 32, 64]}}, starts: {starts: {...starts, neurons: [8, 16, 32, 128]}}};
  assertCells(meanFieldWeakErrors, network, [
    {change: changes.counts, affects: ["steps 6"]},
    {change: {...changes.sizes, ...changes.starts}, affects: []},
    {change: changes.neurons, affects: /./},
    {change: changes.pairs, affects: /./}
  ]);
  assertCells(meanFieldSizes, network, [
    {change: changes.sizes, affects: ["neurons 32"]},
    {change: {sizes: {...sizes, neurons: [8, 64]}}, affects: ["neurons 8", "neurons 64"]},
    {change: {...changes.counts, ...changes.neurons, ...changes.pairs, ...changes.starts}, affects: []},
    {change: {timeSteps: 2}, affects: /./}
  ]);
  assertCells(meanFieldStarts, network, [
    {change: changes.starts, affects: ["neurons 128"]},
    {change: {...changes.counts, ...changes.neurons, ...changes.pairs, ...changes.sizes, timeSteps: 2}, affects: []},
    {change: {starts: {...starts, draws: 80}}, affects: /./}
  ]);
});

test("the limit's one value stands beside SGD at every number of steps", async () => {
  const values = await runExperiment(scalarMeanFieldValues, {...scalar, stepCounts: [8, 16]}, contextOf(0));
  assert.deepEqual(values.map(({process, steps}) => `${process} ${steps}`), ["SGD 8", "SGD 16", "full flow 8", "full flow 16", "without Lions term 8", "without Lions term 16", "without correction 8", "without correction 16", "mean-field limit null"]);
  const limit = scalarMeanFieldErrors(values, scalar).filter(({variant}) => variant === "mean-field limit");
  limit.forEach(({steps, value, sgd, error, numericalError}, i) => {
    assert.deepEqual([steps, value, sgd, error], [[8, 16][i], values[8]!.value, values[i]!.value, values[8]!.value - values[i]!.value]);
    assert.equal(numericalError, values[8]!.numericalError + values[i]!.numericalError);
  });
});

test("parameters out of bounds are refused", () => {
  const {meanFieldNetwork, meanFieldScalar} = parameterSections;
  const good = {...network, starts: {...network.starts}};
  assert.ok(meanFieldNetwork.safeParse(good).success);
  const refused = (change: object) => !meanFieldNetwork.safeParse({...good, ...change}).success;
  assert.ok(refused({neurons: 0}) && refused({pairs: 0}) && refused({timeSteps: 3}) && refused({data: []}) && refused({lowest: 2.5}) && refused({stepCounts: [8, 4]}));
  assert.ok(meanFieldScalar.safeParse(scalar).success && !meanFieldScalar.safeParse({...scalar, start: 0}).success);
});
