import assert from "node:assert/strict";
import {test} from "node:test";
import {cyclicalVerdicts} from "../../../../src/papers/noise-geometry/index.ts";
import type {CyclicalOutcome} from "../../../../src/papers/noise-geometry/index.ts";
import {schedules} from "../../../../src/papers/noise-geometry/cyclical-schedules.ts";
import type {Outcome} from "../../../../src/verdicts/index.ts";

type End = Partial<Pick<CyclicalOutcome, "trace" | "sharpness" | "margin" | "reached">>;
const reproduced: Readonly<Record<string, End>> = {
  "SGD, cycles": {trace: 40, sharpness: 4, margin: 1.3},
  "SGD, small step": {trace: 100},
  "SGD, mean step": {trace: 100},
  "SGD, peak step": {trace: 60},
  "GD, same cycles": {trace: 100},
  "GD, own cycles": {trace: 90, sharpness: 6, margin: 1}
};

/** Outcomes of 20 seeds that scatter by at most 2 % about the given ends. */
function outcomesOf(changes: Readonly<Record<string, End>> = {}, seeds = 20): readonly CyclicalOutcome[] {
  return Array.from({length: seeds}, (_, seed) => schedules.map((schedule, i): CyclicalOutcome => {
    const scatter = 1 + 0.01 * Math.sin(7 * seed + 3 * i);
    const {trace = 100, sharpness = 10, margin = 1, reached = true} = {...reproduced[schedule], ...changes[schedule]};
    return {seed, schedule, threshold: 0.02, startTrace: 100, startSharpness: 10, flattestTrace: 10, loss: reached ? 1e-9 : 1, trace: trace! * scatter, sharpness: sharpness! * scatter, margin: margin! * scatter, reached, divergedAt: null};
  })).flat();
}

function check(id: string, outcome: Outcome, changes: Readonly<Record<string, End>> = {}, seeds = 20) {
  const found = cyclicalVerdicts(outcomesOf(changes, seeds)).find((verdict) => verdict.id === `noise-geometry.${id}`)!;
  assert.equal(found.outcome, outcome, `${id}: ${found.explanation}`);
  return found;
}

test("constructed ends that fulfil every claim reproduce all of them, with the ratio as estimate", () => {
  const verdicts = cyclicalVerdicts(outcomesOf());
  assert.deepEqual(verdicts.map(({outcome}) => outcome), Array(7).fill("reproduced"));
  assert.ok(Math.abs(verdicts[0]!.estimate! - 0.4) < 0.01 && Math.abs(verdicts[2]!.estimate! - 0.6 / 0.9) < 0.01);
  assert.deepEqual(verdicts.map(({used, total}) => [used, total]), Array(7).fill([20, 20]));
});

test("the reverse of each comparison is not reproduced, no difference inconclusive", () => {
  check("cyclical.small", "not reproduced", {"SGD, small step": {trace: 30}});
  check("cyclical.trace", "not reproduced", {"GD, own cycles": {trace: 20, sharpness: 1, margin: 1}});
  check("cyclical.sharpness", "not reproduced", {"GD, own cycles": {trace: 40, sharpness: 9, margin: 1}});
  check("cyclical.peak", "not reproduced", {"SGD, peak step": {trace: 30}});
  check("cyclical.peak", "inconclusive", {"SGD, peak step": {trace: 40}});
});

test("gradient descent that moves at the steps of SGD, and ends off the edge, are told with their size", () => {
  assert.ok(Math.abs(check("cyclical.same-steps", "approximate", {"GD, same cycles": {trace: 90}}).discrepancy! + 0.1) < 0.01);
  check("cyclical.same-steps", "not reproduced", {"GD, same cycles": {trace: 50}});
  check("cyclical.gd-rest", "approximate", {"GD, own cycles": {trace: 90, sharpness: 6, margin: 1.1}});
  check("cyclical.gd-rest", "not reproduced", {"GD, own cycles": {trace: 90, sharpness: 6, margin: 2}});
  check("cyclical.sgd-rest", "not reproduced", {"SGD, cycles": {trace: 40, sharpness: 4, margin: 0.8}});
  check("cyclical.sgd-rest", "inconclusive", {"SGD, cycles": {trace: 40, sharpness: 4, margin: 1}});
});

test("runs above the matched loss leave their pairs, and too few pairs are inconclusive", () => {
  const verdict = check("cyclical.trace", "inconclusive", {"GD, own cycles": {trace: 90, sharpness: 6, margin: 1, reached: false}});
  assert.deepEqual([verdict.used, verdict.total], [0, 20]);
  check("cyclical.small", "reproduced", {"GD, own cycles": {trace: 90, sharpness: 6, margin: 1, reached: false}});
  check("cyclical.gd-rest", "inconclusive", {}, 5);
});
