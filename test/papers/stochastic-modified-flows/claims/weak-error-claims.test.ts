import assert from "node:assert/strict";
import {test} from "node:test";
import {coupledPointVerdicts, horizonVerdicts, multiplicativeErrorVerdicts, weakErrorVerdicts} from "../../../../src/papers/stochastic-modified-flows/index.ts";
import type {HorizonError, MomentGrowth, MultiplicativeError, PairMean, WeakError} from "../../../../src/papers/stochastic-modified-flows/index.ts";
import {digits} from "../../../../src/verdicts/index.ts";

const stepSizes = [0.2, 0.1, 0.05, 0.025, 0.0125];

/** Errors c η^p of one point under the modified flow. */
const flowErrors = (order: number, relativeGridChange = 1e-4, count = stepSizes.length): readonly WeakError[] =>
  stepSizes.slice(0, count).map((stepSize) => ({points: 1, standIn: "modified flow", horizon: 1, stepSize, error: 0.3 * stepSize ** order, gridChange: 0.3 * stepSize ** order * relativeGridChange, symmetricPairError: null}));
const flowVerdict = (errors: readonly WeakError[]) => weakErrorVerdicts(errors).find(({id}) => id === "stochastic-modified-flows.weak-order.flow.one-point")!;

test("an order is judged by its limit: each outcome", () => {
  assert.deepEqual([2, 1.93, 1.85, 2.25, 1, 2.4].map((order) => flowVerdict(flowErrors(order)).outcome), ["reproduced", "reproduced", "approximate", "approximate", "not reproduced", "not reproduced"]);
  const found = flowVerdict(flowErrors(2));
  assert.ok(Math.abs(found.estimate! - 2) < 1e-9 && found.low === found.high && found.predicted === 2);
  assert.match(found.explanation, /half the grid moves no error by more than 0\.01 %/);
});

test("too few step sizes, a coarse grid or an error of 0 decide nothing, and say by which number", () => {
  assert.equal(flowVerdict(flowErrors(2, 1e-4, 3)).outcome, "inconclusive");
  assert.match(flowVerdict(flowErrors(2, 1e-4, 3)).explanation, /at least 4 step sizes, found 3/);
  assert.match(flowVerdict(flowErrors(2, 0.02)).explanation, /the grid is too coarse: half of it moves the error at η = \S+ by 2 %/);
  assert.equal(flowVerdict(flowErrors(2, 0.02)).outcome, "inconclusive");
  assert.match(flowVerdict(flowErrors(2).map((row, i) => (i === 2 ? {...row, error: 0} : row))).explanation, /an error of 0 at η = 0\.05 has no order/);
  assert.ok(weakErrorVerdicts([]).every(({outcome}) => outcome === "inconclusive"));
});

test("every claim on the circle reads its own statistic and stand-in", () => {
  const verdicts = weakErrorVerdicts(flowErrors(2));
  assert.equal(verdicts.length, 7);
  assert.deepEqual(verdicts.filter(({outcome}) => outcome !== "inconclusive").map(({id}) => id), ["stochastic-modified-flows.weak-order.flow.one-point"]);
  assert.deepEqual(verdicts.map(({predicted}) => predicted), [2, 2, 2, 1, 1, 2, 1]);
});

const products = (points: number, standIn: "modified flow" | "modified equation", order: number, overLeading: (stepSize: number) => number): readonly MultiplicativeError[] =>
  stepSizes.map((stepSize) => ({points, standIn, stepSize, sgd: 1, moment: 1, error: 0.4 * stepSize ** order, leadingError: standIn === "modified equation" && points === 2 ? (0.4 * stepSize ** order) / overLeading(stepSize) : null}));

test("the scalar example: orders, and the leading term in the limit of small steps", () => {
  const outcomes = (slope: number, overLeading: (stepSize: number) => number) => multiplicativeErrorVerdicts([...products(2, "modified flow", 2, overLeading), ...products(3, "modified flow", 1.8, overLeading), ...products(2, "modified equation", slope, overLeading), ...products(3, "modified equation", 2, overLeading)]).map(({outcome}) => outcome);
  assert.deepEqual(outcomes(1, (stepSize) => 1 + 3 * stepSize), ["reproduced", "approximate", "reproduced", "not reproduced", "reproduced"]);
  assert.deepEqual(outcomes(1, () => 1.2).at(-1), "approximate");
  assert.deepEqual(outcomes(1, () => 2).at(-1), "not reproduced");
  assert.equal(multiplicativeErrorVerdicts([]).at(-1)!.outcome, "inconclusive");
  assert.match(multiplicativeErrorVerdicts(products(2, "modified equation", 1, () => Infinity)).at(-1)!.explanation, /a limit needs finite ratios/);
});

const means = (ratio: number, standardError: number, schemeError: number): readonly PairMean[] =>
  (["SGD", "modified flow", "modified equation"] as const).map((process) => ({process, quantity: "product", mean: -0.02 * (process === "modified equation" ? ratio : 1), standardError, schemeError, low: 0, high: 0, exact: -0.02, sgd: -0.03, replicas: 100}));

test("simulated means are held against their closed forms with the scheme's error", () => {
  const outcome = (...parts: Parameters<typeof means>) => coupledPointVerdicts(means(...parts))[1]!.outcome;
  assert.equal(outcome(1.001, 1e-4, 0), "reproduced");
  assert.equal(outcome(1.02, 1e-5, 0), "approximate", "a rejection");
  assert.equal(outcome(1.02, 1e-5, 3e-4), "reproduced", "within the error of the scheme");
  assert.equal(outcome(2, 1e-4, 0), "not reproduced");
  assert.equal(coupledPointVerdicts([])[0]!.outcome, "inconclusive");
});

const horizon = (time: number, torusError: number, relativeError: number, gridChange = 0): HorizonError => ({horizon: time, stepSize: 0.05, torusError, gridChange, relativeError});
const moment = (order: number, process: "SGD" | "modified flow", rate: number): MomentGrowth => ({order, process, rate, criticalOrder: 85});
const growth = [moment(2, "SGD", -2), moment(2, "modified flow", -2), moment(90, "SGD", -40), moment(90, "modified flow", 3)];

test("horizon and moments: each outcome", () => {
  const outcomes = (errors: readonly HorizonError[], moments: readonly MomentGrowth[] = growth) => horizonVerdicts(errors, moments).map(({outcome}) => outcome);
  assert.deepEqual(outcomes([horizon(4, 0.01, 0.004), horizon(1, 0.001, 0.001)]), ["reproduced", "reproduced", "reproduced"]);
  assert.deepEqual(outcomes([horizon(1, 0.01, 0.001), horizon(4, 0.001, 0.005)]), ["not reproduced", "approximate", "reproduced"]);
  assert.deepEqual(outcomes([horizon(1, 0.01, 0.001), horizon(4, 0.02, 0.01, 0.001)], growth.slice(0, 2)), ["inconclusive", "not reproduced", "inconclusive"]);
  assert.deepEqual(outcomes([horizon(1, 0.01, 0.001), horizon(4, 0.02, 0.004)], [moment(90, "SGD", 1), moment(90, "modified flow", 3)])[2], "not reproduced");
  assert.match(horizonVerdicts([horizon(1, 0.01, 0.001), horizon(4, 0.02, 0.01, 0.001)], growth)[0]!.explanation, new RegExp(`at T = 4 by ${digits(5)} %`));
});
