import assert from "node:assert/strict";
import {test} from "node:test";
import {judgeOrder, orderRule} from "../../src/verdicts/index.ts";

const measured = {order: 2.03, uncertainty: 0.04, lastSlope: 2.1, stepSizes: 5};

test("an order is judged by its limit and its whole interval", () => {
  assert.equal(judgeOrder(measured, 2).outcome, "reproduced");
  assert.equal(judgeOrder({...measured, order: 1.8}, 2).outcome, "approximate");
  assert.equal(judgeOrder({...measured, order: 1}, 2).outcome, "not reproduced");
  assert.equal(judgeOrder({...measured, interval: {low: 1.97, high: 2.09}}, 2).outcome, "reproduced");
  assert.equal(judgeOrder({...measured, interval: {low: 1.7, high: 2.36}}, 2).outcome, "inconclusive");
});

test("an order that the smallest step size still moves is inconclusive, with what it moves by", () => {
  assert.equal(judgeOrder({...measured, uncertainty: 0.1}, 2).outcome, "reproduced");
  const moved = judgeOrder({...measured, uncertainty: 0.11}, 2);
  assert.equal(moved.outcome, "inconclusive");
  assert.match(moved.explanation, /moves by 0\.11 .* at most 0\.1 /);
  assert.equal(judgeOrder({...measured, uncertainty: NaN}, 2).outcome, "inconclusive");
});

test("fewer than four step sizes are inconclusive, with their number", () => {
  const few = judgeOrder({...measured, stepSizes: 3}, 2);
  assert.equal(few.outcome, "inconclusive");
  assert.match(few.explanation, /at least 4 step sizes, found 3/);
});

test("the rule in words has the numbers that judge", () => {
  assert.match(orderRule(1), /at least 4 step sizes lies within 5 % of 1, approximate within 15 %; .* more than 5 %; deterministic/);
  assert.match(orderRule(1, true), /95 % interval/);
});
