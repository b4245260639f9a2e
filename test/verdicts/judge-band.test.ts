import assert from "node:assert/strict";
import {test} from "node:test";
import {judgeBand} from "../../src/verdicts/index.ts";

const band = {lower: 2, upper: 4, equivalent: 0.1, tolerated: 0.5};
const measured = (low: number, high: number) => ({estimate: (low + high) / 2, low, high, used: 9, total: 10});

test("an interval inside the band is reproduced, just beyond its ends by the margin too", () => {
  const {outcome, discrepancy, predicted} = judgeBand(measured(2.5, 3.5), band);
  assert.deepEqual([outcome, discrepancy, predicted], ["reproduced", null, null]);
  const point = judgeBand(measured(2.9, 3.1), {...band, lower: 3, upper: 3});
  assert.deepEqual([point.outcome, point.predicted, point.discrepancy], ["reproduced", 3, 0]);
  assert.equal(judgeBand(measured(1.85, 4.3), band).outcome, "reproduced");
});

test("an interval outside the band is approximate as far as it is tolerated, with its signed distance to the nearer end", () => {
  const below = judgeBand(measured(1.2, 1.8), band);
  assert.equal(below.outcome, "approximate");
  assert.equal(below.predicted, 2);
  assert.equal(below.discrepancy, -0.25);
  const above = judgeBand(measured(4.2, 5.8), band);
  assert.deepEqual([above.outcome, above.predicted, above.discrepancy], ["approximate", 4, 0.25]);
});

test("an interval beyond what is tolerated is not reproduced", () => {
  assert.equal(judgeBand(measured(0.2, 0.9), band).outcome, "not reproduced");
  assert.equal(judgeBand(measured(6.1, 9), band).outcome, "not reproduced");
});

test("an interval that an end of the band cuts is inconclusive", () => {
  assert.equal(judgeBand(measured(1.5, 2.5), band).outcome, "inconclusive");
  assert.equal(judgeBand(measured(3, 7), band).outcome, "inconclusive");
  assert.equal(judgeBand(measured(0.5, 1.5), band).outcome, "inconclusive");
});

test("a band or an interval out of order is refused with its numbers", () => {
  assert.throws(() => judgeBand(measured(1, 2), {...band, lower: 0}), {name: "RangeError", message: "band: expected 0 < lower <= upper, found [0, 4]"});
  assert.throws(() => judgeBand(measured(1, 2), {...band, lower: 5}), {message: "band: expected 0 < lower <= upper, found [5, 4]"});
  assert.throws(() => judgeBand(measured(2, 1), band), {message: "interval: expected low <= high, found [2, 1]"});
});
