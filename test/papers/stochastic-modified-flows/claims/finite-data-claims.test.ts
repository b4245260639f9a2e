import assert from "node:assert/strict";
import {test} from "node:test";
import {incrementVerdicts, regressionDefectVerdicts, regressionOrderVerdicts} from "../../../../src/papers/stochastic-modified-flows/index.ts";
import type {EquationDefect, IncrementCovariance, RegressionOrder} from "../../../../src/papers/stochastic-modified-flows/index.ts";

const order = (changes: Partial<RegressionOrder>): RegressionOrder => ({problem: "one weight", statistic: "two points", law: "modified flow", count: 5, order: 2, low: 2, high: 2, uncertainty: 0.001, lastSlope: 1.98, batches: 0, ...changes});
const at = (value: number, changes: Partial<RegressionOrder> = {}) => order({order: value, low: value, high: value, ...changes});
const judged = (row: RegressionOrder) => regressionOrderVerdicts([row])[0]!;

test("orders: each outcome on constructed limits", () => {
  for (const [value, outcome] of [[2, "reproduced"], [1.91, "reproduced"], [2.2, "approximate"], [1.75, "approximate"], [1, "not reproduced"], [2.5, "not reproduced"]] as const) assert.equal(judged(at(value)).outcome, outcome, String(value));
  assert.equal(judged(at(1, {law: "gradient flow"})).outcome, "reproduced");
  assert.equal(judged(at(2, {law: "gradient flow"})).outcome, "not reproduced");
  const equation = {law: "modified equation", batches: 200} as const;
  assert.equal(judged(order({...equation, order: 1, low: 0.97, high: 1.03})).outcome, "reproduced");
  assert.equal(judged(order({...equation, order: 1.02, low: 0.93, high: 1.11})).outcome, "inconclusive");
  assert.equal(judged(order({...equation, order: 2, low: 1.9, high: 2.1})).outcome, "not reproduced");
});

test("an order of fewer than 4 step sizes, or one that the smallest still moves, is inconclusive with the number", () => {
  const few = judged(at(2, {count: 3}));
  assert.deepEqual([few.outcome, few.explanation], ["inconclusive", "an order needs at least 4 step sizes, found 3"]);
  const loose = judged(at(2.07, {uncertainty: 0.56}));
  assert.equal(loose.outcome, "inconclusive");
  assert.match(loose.explanation, /2\.07 .* moves by 0\.56 .* at most 0\.1 /);
  assert.equal(judged(at(2, {uncertainty: NaN})).outcome, "inconclusive");
});

test("claims of orders have ids of their own and name their source honestly", () => {
  const rows = (["one weight", "two weights"] as const).flatMap((problem) => [
    ...(["one point", "two points"] as const).flatMap((statistic) => (["modified flow", "gradient flow"] as const).map((law) => order({problem, statistic, law}))),
    order({problem, law: "modified equation"})
  ]);
  const verdicts = regressionOrderVerdicts(rows);
  assert.equal(new Set(verdicts.map(({id}) => id)).size, 10);
  assert.deepEqual(rows.map(({law}, i) => verdicts[i]!.sourceKind === {"modified flow": "recalled", "gradient flow": "paper", "modified equation": "derived"}[law]), rows.map(() => true));
});

const defects = (rateAt: (stepSize: number) => number, width = 0.0005): readonly EquationDefect[] =>
  [1 / 8, 1 / 16, 1 / 32, 1 / 64].map((stepSize) => {
    const rate = rateAt(stepSize);
    return {problem: "one weight", stepSize, batches: 200, rate, low: rate - width, high: rate + width, predictedRate: 0.2, stepBias: 0.004, flowError: 0, error: rate * stepSize, errorLow: 0, errorHigh: 1};
  });
const defectOutcomes = (rows: readonly EquationDefect[]) => regressionDefectVerdicts(rows).map(({outcome}) => outcome);

test("defects: the limit is a straight line's through the two smallest steps, each outcome on constructed rates", () => {
  assert.deepEqual(defectOutcomes(defects((stepSize) => 0.2 - 0.3 * stepSize)), ["reproduced", "reproduced"]);
  const [limit] = regressionDefectVerdicts(defects((stepSize) => 0.2 - 0.3 * stepSize));
  assert.ok(Math.abs(limit!.estimate! - 1) < 1e-12 && Math.abs(limit!.high! - 1 - 3 * 0.0005 / 0.2) < 1e-12);
  assert.deepEqual(defectOutcomes(defects(() => 0.23)), ["approximate", "reproduced"]);
  assert.deepEqual(defectOutcomes(defects(() => 0.4)), ["not reproduced", "reproduced"]);
  assert.deepEqual(defectOutcomes(defects(() => -0.2)), ["not reproduced", "not reproduced"]);
  assert.deepEqual(defectOutcomes(defects(() => 0.2, 0.3)), ["inconclusive", "inconclusive"]);
  assert.deepEqual(defectOutcomes(defects(() => 0.2).slice(1)), ["inconclusive", "inconclusive"]);
  assert.match(regressionDefectVerdicts(defects(() => 0.2).slice(1))[0]!.explanation, /at least 4 step sizes, found 3/);
});

const increments = (flowShare: number, changes: Partial<IncrementCovariance> = {}): readonly IncrementCovariance[] =>
  [0.5, 1].flatMap((separation) =>
    [1, 2].flatMap((row) =>
      [1, 2].map((column): IncrementCovariance => ({problem: "two weights", separation, row, column, draws: 1000, measured: flowShare, standardError: 0.02, flow: 1, equation: 1 + separation, flowRatio: flowShare, flowError: 0.004, equationRatio: flowShare / (1 + separation), equationError: 0.004, exactEquationRatio: 1 / (1 + separation), ...changes}))
    )
  );

test("increments: agreement with one matrix is disagreement with the other; each outcome on constructed shares", () => {
  const outcomes = (rows: readonly IncrementCovariance[]) => incrementVerdicts(rows).map(({outcome}) => outcome);
  assert.deepEqual(outcomes(increments(1)), ["reproduced", "not reproduced"]);
  assert.deepEqual(outcomes(increments(1.2)), ["approximate", "not reproduced"]);
  assert.deepEqual(outcomes(increments(1, {equationRatio: 1, equation: 1})), ["reproduced", "reproduced"]);
  assert.deepEqual(outcomes(increments(1, {flowError: 0.4, standardError: 0.5})), ["inconclusive", "not reproduced"]);
  assert.deepEqual(outcomes(increments(1, {flowError: 0})), ["inconclusive", "not reproduced"]);
  const [ofFlow, ofEquation] = incrementVerdicts(increments(1));
  assert.deepEqual([ofFlow!.used, ofEquation!.used], [2000, 1000]);
  assert.ok(Math.abs(ofFlow!.high! - 1 - (1.959964 * 0.004) / Math.SQRT2) < 1e-8);
  assert.match(ofEquation!.explanation, /entry \d\d at s = 1/);
});

test("one rejected entry makes a matrix that agrees on the whole approximate", () => {
  const rows = increments(1).map((row, i) => (i === 3 ? {...row, measured: 1.2} : row));
  const [ofFlow] = incrementVerdicts(rows);
  assert.equal(ofFlow!.outcome, "approximate");
  assert.match(ofFlow!.explanation, /entry 22 at s = 0\.5\), a rejection/);
});
