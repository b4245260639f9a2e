import assert from "node:assert/strict";
import {test} from "node:test";
import {noiseVerdicts} from "../../../../src/papers/power-law-escape/index.ts";
import type {TrainingRow} from "../../../../src/papers/power-law-escape/index.ts";
import {checkOutcome, verdictOn} from "./claim-cases.ts";

interface Shape {
  /** Slope of log noise on log loss in the earlier and the later half, on average over runs. */
  readonly slopes?: readonly [early: number, late: number];
  readonly traceRatio?: number;
  /** Slope and trace ratio of the last run less those of the first, which the others lie between evenly. */
  readonly spread?: number;
  readonly runs?: number;
  readonly records?: number;
}

/** Trainings whose loss falls by a factor of e² in each half. */
function rowsOf({slopes: [early, late] = [1, 1], traceRatio = 1, spread = 0.02, runs = 10, records = 40}: Shape): readonly TrainingRow[] {
  return Array.from({length: runs}, (_, run) => {
    const shift = spread * (run / (runs - 1) - 0.5);
    return Array.from({length: records}, (_, epoch) => {
      const logLoss = (-4 * epoch) / records;
      const logNoise = (early + shift) * Math.max(logLoss, -2) + (late + shift) * Math.min(0, logLoss + 2);
      const scalars = {loss: Math.exp(logLoss), noise: 3 * Math.exp(logNoise), traceRatio: traceRatio + shift, meanSquaredGradientNorm: 2 + epoch, ...(run === 0 ? {alignment: 5} : {})};
      const row = (quantity: string, rank: number | null, value: number): TrainingRow => ({dataSet: "teacher", run, epoch, quantity, rank, value});
      return [...Object.entries(scalars).map(([quantity, value]) => row(quantity, null, value)), row("exact eigenvalue", 1, 1e9)];
    }).flat();
  }).flat();
}

const judge = (id: string, shape: Shape) => verdictOn(`${id}.teacher`, noiseVerdicts(rowsOf(shape)));
const near = (found: number | null, expected: number) => assert.ok(Math.abs(found! - expected) < 1e-9, `${found} against ${expected}`);

test("estimate and interval are the mean over trainings and Student's, however many records each has", () => {
  for (const records of [20, 40, 80]) {
    const verdict = judge("noise-loss", {slopes: [0.9, 0.9], spread: 0.09, records});
    near(verdict.estimate, 0.9);
    // 0.855, 0.865, …, 0.945: standard deviation 0.01 √(55/6), t(0.975; 9) = 2.2621571628
    const reach = (2.2621571628 * 0.01 * Math.sqrt(55 / 6)) / Math.sqrt(10);
    near(verdict.low, 0.9 - reach);
    near(verdict.high, 0.9 + reach);
    assert.deepEqual([verdict.predicted, verdict.used, verdict.total], [1, 10, 10]);
    assert.match(verdict.explanation, /mean slope 0\.9.*from 0\.855 to 0\.945/);
  }
});

test("the slope of noise on loss over all of training has each outcome", () => {
  checkOutcome(judge("noise-loss", {}), "reproduced");
  checkOutcome(judge("noise-loss", {slopes: [0.7, 0.7]}), "approximate");
  checkOutcome(judge("noise-loss", {slopes: [0.3, 0.3]}), "not reproduced");
  checkOutcome(judge("noise-loss", {slopes: [0.8, 0.8], spread: 0.6}), "approximate");
  checkOutcome(judge("noise-loss", {spread: 2}), "inconclusive");
});

test("late in training only the later half counts", () => {
  checkOutcome(judge("noise-loss-late", {slopes: [0.1, 1]}), "reproduced");
  assert.notEqual(judge("noise-loss", {slopes: [0.1, 1]}).outcome, "reproduced");
  checkOutcome(judge("noise-loss-late", {slopes: [1, 0.7]}), "approximate");
  checkOutcome(judge("noise-loss-late", {slopes: [1, 0.2]}), "not reproduced");
  checkOutcome(judge("noise-loss-late", {spread: 2}), "inconclusive");
});

test("the trace under decoupling has each outcome", () => {
  checkOutcome(judge("decoupling-trace", {traceRatio: 1.01}), "reproduced");
  const approximate = judge("decoupling-trace", {traceRatio: 1.2});
  checkOutcome(approximate, "approximate");
  near(approximate.estimate, 1.2);
  checkOutcome(judge("decoupling-trace", {traceRatio: 0.5}), "not reproduced");
  checkOutcome(judge("decoupling-trace", {spread: 1}), "inconclusive");
});

test("trainings that agree to the last digit have an interval of no width and no smallest effect", () => {
  const verdict = judge("decoupling-trace", {spread: 0, traceRatio: 1.25});
  checkOutcome(verdict, "approximate");
  assert.deepEqual([verdict.low, verdict.high, verdict.minimumDetectableEffect], [1.25, 1.25, null]);
});

test("fewer than ten trainings to the end decide nothing, and a training that ended early does not count", () => {
  for (const id of ["noise-loss", "noise-loss-late", "decoupling-trace"]) {
    const few = judge(id, {runs: 9});
    checkOutcome(few, "inconclusive");
    assert.match(few.explanation, /9 of 9 trainings reached the last epoch; at least 10 are needed: raise runs/);
    const isEarly = ({run, epoch}: TrainingRow) => run === 3 && epoch > 20;
    const ended = verdictOn(`${id}.teacher`, noiseVerdicts(rowsOf({}).filter((row) => !isEarly(row))));
    checkOutcome(ended, "inconclusive");
    assert.deepEqual([ended.used, ended.total], [9, 10]);
    const eleven = verdictOn(`${id}.teacher`, noiseVerdicts(rowsOf({runs: 11}).filter((row) => !isEarly(row))));
    checkOutcome(eleven, "reproduced");
    assert.deepEqual([eleven.used, eleven.total], [10, 11]);
  }
});

test("fewer than ten records in a series decide nothing and say what would", () => {
  for (const id of ["noise-loss", "noise-loss-late", "decoupling-trace"]) {
    const verdict = judge(id, {records: 9});
    checkOutcome(verdict, "inconclusive");
    assert.match(verdict.explanation, /10 records of a training are needed.*lower recordEvery/);
  }
  assert.notEqual(judge("noise-loss", {records: 16}).estimate, null);
  checkOutcome(judge("noise-loss-late", {records: 16}), "inconclusive");
});

test("the order of rows changes nothing", () => {
  const rows = rowsOf({slopes: [0.8, 0.9]});
  assert.deepEqual(noiseVerdicts([...rows].reverse()), noiseVerdicts(rows));
});
