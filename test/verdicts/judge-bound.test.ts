import assert from "node:assert/strict";
import {test} from "node:test";
import {claimsOf, judgeBound} from "../../src/verdicts/index.ts";

const measured = (low: number, high: number) => ({estimate: (low + high) / 2, low, high, used: 20, total: 20});

test("an interval on the claimed side of the bound reproduces, on the other not, across it decides nothing", () => {
  const above = {side: "above", bound: 0.3} as const;
  assert.equal(judgeBound(measured(0.3, 0.4), above).outcome, "reproduced");
  assert.equal(judgeBound(measured(0.1, 0.29), above).outcome, "not reproduced");
  assert.equal(judgeBound(measured(0.1, 0.3), above).outcome, "inconclusive");
  const below = {side: "below", bound: 0.3} as const;
  assert.equal(judgeBound(measured(0.1, 0.3), below).outcome, "reproduced");
  assert.equal(judgeBound(measured(0.31, 0.4), below).outcome, "not reproduced");
  assert.equal(judgeBound(measured(0.3, 0.4), below).outcome, "inconclusive");
});

test("an interval or a bound that is none is refused", () => {
  assert.throws(() => judgeBound(measured(NaN, 1), {side: "above", bound: 0}), /expected low <= high, found \[NaN, 1\]/);
  assert.throws(() => judgeBound(measured(0, 1), {side: "above", bound: Infinity}), /bound: expected a finite number, found Infinity/);
});

test("a paper's claims carry its name in id and link", () => {
  const claim = claimsOf("heavy-tails")({id: "index", section: "tails", title: "t", statement: "s", source: "o", sourceKind: "derived", quantity: "q", rule: "r"});
  assert.deepEqual([claim.id, claim.paper, claim.href], ["heavy-tails.index", "heavy-tails", "heavy-tails#tails"]);
});
