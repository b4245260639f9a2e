import assert from "node:assert/strict";
import {test} from "node:test";
import {noiseVerdicts} from "../../../../src/papers/power-law-escape/index.ts";
import type {TrainingRow} from "../../../../src/papers/power-law-escape/index.ts";
import {checkOutcome, random, verdictOn} from "./claim-cases.ts";

interface Shape {
  /** Slope of log noise on log loss in the earlier and the later half. */
  readonly slopes?: readonly [early: number, late: number];
  readonly traceRatio?: number;
  /** Size of a rough, correlated perturbation. */
  readonly roughness?: number;
  readonly records?: number;
}

/** A training run whose loss falls by a factor of e² in each half. */
function rowsOf({slopes: [early, late] = [1, 1], traceRatio = 1, roughness = 0.005, records = 100}: Shape): readonly TrainingRow[] {
  const {normals} = random("roughness");
  const wander = [...normals(2 * records + 2)];
  return Array.from({length: records}, (_, epoch) => {
    const logLoss = (-4 * epoch) / records;
    const logNoise = early * Math.max(logLoss, -2) + late * Math.min(0, logLoss + 2) + roughness * (wander[epoch]! + wander[epoch + 1]!);
    const scalars = {loss: Math.exp(logLoss), noise: 3 * Math.exp(logNoise), traceRatio: traceRatio + roughness * (wander[records + epoch]! + wander[records + epoch + 1]!), alignment: 5};
    return [...Object.entries(scalars).map(([quantity, value]) => ({dataSet: "teacher", epoch, quantity, rank: null, value})), {dataSet: "teacher", epoch, quantity: "exact eigenvalue", rank: 1, value: 1e9}];
  }).flat();
}

const judge = (id: string, shape: Shape) => verdictOn(`${id}.teacher`, noiseVerdicts(rowsOf(shape), random));

test("the slope of noise on loss over all of training has each outcome", () => {
  const exact = judge("noise-loss", {});
  checkOutcome(exact, "reproduced");
  assert.deepEqual([exact.predicted, exact.used, exact.total], [1, 100, 100]);
  checkOutcome(judge("noise-loss", {slopes: [0.7, 0.7]}), "approximate");
  checkOutcome(judge("noise-loss", {slopes: [0.3, 0.3]}), "not reproduced");
  checkOutcome(judge("noise-loss", {roughness: 2}), "inconclusive");
});

test("late in training only the later half counts", () => {
  const late = judge("noise-loss-late", {slopes: [0.1, 1]});
  checkOutcome(late, "reproduced");
  assert.equal(late.used, 50);
  assert.notEqual(judge("noise-loss", {slopes: [0.1, 1]}).outcome, "reproduced");
  checkOutcome(judge("noise-loss-late", {slopes: [1, 0.7]}), "approximate");
  checkOutcome(judge("noise-loss-late", {slopes: [1, 0.2]}), "not reproduced");
  checkOutcome(judge("noise-loss-late", {roughness: 2}), "inconclusive");
});

test("the trace under decoupling has each outcome", () => {
  checkOutcome(judge("decoupling-trace", {traceRatio: 1.01}), "reproduced");
  const approximate = judge("decoupling-trace", {traceRatio: 1.2});
  checkOutcome(approximate, "approximate");
  assert.ok(Math.abs(approximate.estimate! - 1.2) < 0.01);
  checkOutcome(judge("decoupling-trace", {traceRatio: 0.5}), "not reproduced");
  checkOutcome(judge("decoupling-trace", {roughness: 1}), "inconclusive");
});

test("fewer than ten records in a series decide nothing and say what would", () => {
  for (const id of ["noise-loss", "noise-loss-late", "decoupling-trace"]) {
    const verdict = judge(id, {records: 9});
    checkOutcome(verdict, "inconclusive");
    assert.match(verdict.explanation, /10 records are needed.*lower recordEvery/);
  }
  assert.notEqual(judge("noise-loss", {records: 16}).estimate, null);
  checkOutcome(judge("noise-loss-late", {records: 16}), "inconclusive");
});

test("the order of rows changes nothing", () => {
  const rows = rowsOf({slopes: [0.8, 0.9]});
  assert.deepEqual(noiseVerdicts([...rows].reverse(), random), noiseVerdicts(rows, random));
});
