import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {inconclusive, judgeValue} from "../../src/verdicts/index.ts";
import type {Outcome} from "../../src/verdicts/index.ts";

const margins = {equivalent: 0.125, tolerated: 0.5} as const;
const measured = (low: number, high: number, predicted = 8) => ({predicted, estimate: (low + high) / 2, low, high, used: 90, total: 100});
const outcome = (low: number, high: number, predicted?: number): Outcome => judgeValue(measured(low, high, predicted), margins).outcome;

const cases: readonly (readonly [low: number, high: number, expected: Outcome, why: string])[] = [
  [7, 9, "reproduced", "the interval is the equivalent range, ends included"],
  [8.5, 8.9, "reproduced", "an interval without the prediction, inside the equivalent range"],
  [7, 9.01, "inconclusive", "it contains the prediction but not within the equivalent range"],
  [6.99, 9, "inconclusive", "the same below"],
  [8.01, 9.01, "approximate", "it excludes the prediction within the tolerated range"],
  [8.01, 12, "approximate", "up to the end of the tolerated range"],
  [4, 7.99, "approximate", "and to its other end"],
  [8, 12, "inconclusive", "an end at the prediction does not exclude it"],
  [4, 8, "inconclusive", "the same below"],
  [8.01, 12.01, "inconclusive", "an end beyond the tolerated range"],
  [3.99, 7.99, "inconclusive", "the same below"],
  [12, 13, "inconclusive", "an end at the tolerated range is not beyond it"],
  [12.01, 13, "not reproduced", "wholly beyond"],
  [3, 3.99, "not reproduced", "wholly beyond, below"],
  [-9, -7, "not reproduced", "the right size with the wrong sign"],
  [-100, 100, "inconclusive", "no information"]
];

for (const [low, high, expected, why] of cases) {
  test(`[${low}, ${high}] against 8 is ${expected}: ${why}`, () => {
    assert.equal(outcome(low, high), expected);
    assert.equal(outcome(-high, -low, -8), expected);
  });
}

test("a deterministic estimate is judged by its value and never inconclusive", () => {
  assert.deepEqual([8, 9, 9.01, 12, 12.01, 7, 4, 3.99].map((value) => outcome(value, value)), ["reproduced", "reproduced", "approximate", "approximate", "not reproduced", "reproduced", "approximate", "not reproduced"]);
  fc.assert(fc.property(fc.double({min: -50, max: 50, noNaN: true}), (value) => outcome(value, value) !== "inconclusive"));
});

test("discrepancy and detectable effect are relative to the size of the prediction, the discrepancy signed", () => {
  const judge = (predicted: number) => judgeValue({...measured(5, 7, predicted), minimumDetectableEffect: 2}, margins);
  assert.deepEqual([judge(8).discrepancy, judge(8).minimumDetectableEffect], [-0.25, 0.25]);
  assert.deepEqual([judge(-8).discrepancy, judge(-8).minimumDetectableEffect], [1.75, 0.25]);
  const {used, total, minimumDetectableEffect} = judgeValue(measured(7, 9), margins);
  assert.deepEqual([used, total, minimumDetectableEffect], [90, 100, null]);
});

test("a wider interval never turns a reproduction into anything but an indecision or a smaller claim", () => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 20, noNaN: true}), fc.double({min: 0, max: 5, noNaN: true}), fc.double({min: 0, max: 5, noNaN: true}), (centre, half, more) => {
      const [narrow, wide] = [outcome(centre - half, centre + half), outcome(centre - half - more, centre + half + more)];
      assert.ok(wide === narrow || wide === "inconclusive" || (narrow === "reproduced" && wide === "approximate"), `${narrow} became ${wide}`);
    }),
    {seed: 5, numRuns: 2000}
  );
});

test("an interval that is not a number decides nothing", () => {
  assert.equal(outcome(NaN, NaN), "inconclusive");
  assert.equal(outcome(7.5, NaN), "inconclusive");
});

test("a prediction of 0, or of no number, is refused", () => {
  for (const predicted of [0, -0, NaN, Infinity]) assert.throws(() => outcome(1, 2, predicted), {name: "RangeError", message: `predicted: expected a finite number other than 0, found ${predicted}`});
});

test("what data could not decide keeps its counts, its prediction and its reason, and has no estimate", () => {
  assert.deepEqual(inconclusive("too few", {used: 3, total: 10, predicted: 2}), {outcome: "inconclusive", predicted: 2, estimate: null, low: null, high: null, used: 3, total: 10, discrepancy: null, minimumDetectableEffect: null, explanation: "too few"});
  assert.equal(inconclusive("too few", {used: 3, total: 10}).predicted, null);
});
