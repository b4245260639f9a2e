import assert from "node:assert/strict";
import {test} from "node:test";
import {barrierPassageTime, barrierSlopeOf, barrierVerdicts, doubleWell, escapeRate} from "../../../../src/papers/power-law-escape/index.ts";
import type {BarrierPassage, BarrierSummary} from "../../../../src/papers/power-law-escape/index.ts";
import type {Verdict} from "../../../../src/verdicts/index.ts";
import {checkOutcome, random, verdictOn} from "./claim-cases.ts";

const temperature = 0.5;
const lossRatios = [1.5, 2, 3, 4, 6];

/** Replicas whose mean time is c^slope, with a relative spread. */
function passagesOf(slope: number, {spread = 0.01, replicas = 40, ratios = lossRatios} = {}): readonly BarrierPassage[] {
  return ratios.flatMap((lossRatio) =>
    Array.from({length: replicas}, (_, replica) => ({temperature, lossRatio, relativeTimeStep: 0.1, replica, time: lossRatio ** slope * (1 + spread * (replica % 2 === 0 ? 1 : -1)), crossed: true, divergedAt: null}))
  );
}

/** Cells whose measured time is `factor(c)` times the exact one. */
function cellsOf(factor: (lossRatio: number) => number, crossed: number, ratios = lossRatios): readonly BarrierSummary[] {
  return ratios.map((lossRatio) => {
    const exact = barrierPassageTime(lossRatio, temperature);
    return {temperature, lossRatio, relativeTimeStep: 0.1, halved: false, measured: factor(lossRatio) * exact, low: null, high: null, crossed, replicas: crossed + 10, diverged: 0, firstDivergence: null, exact, predicted: 0, arrhenius: 0};
  });
}

const slopesOf = (passages: readonly BarrierPassage[]) => [barrierSlopeOf(passages, temperature, random(`barrier slope ${temperature}`))];
const judge = (id: string, passages: readonly BarrierPassage[], cells: readonly BarrierSummary[]): Verdict => verdictOn(id, barrierVerdicts(cells, slopesOf(passages)));
const simulation = (factor: (lossRatio: number) => number, crossed: number) => judge("barrier-simulation", passagesOf(2.5), cellsOf(factor, crossed));

test("simulated times within 5 % of the exact ones reproduce them", () => {
  const verdict = simulation(() => 1.01, 40_000);
  checkOutcome(verdict, "reproduced");
  assert.ok(Math.abs(verdict.estimate! - 1.01) < 1e-12);
  assert.deepEqual([verdict.used, verdict.total], [200_000, 200_050]);
});

test("simulated times apart from the exact ones are approximate or not reproduced, few replicas inconclusive", () => {
  checkOutcome(simulation(() => 1.2, 40_000), "approximate");
  checkOutcome(simulation(() => 2, 40_000), "not reproduced");
  checkOutcome(simulation(() => 1, 20), "inconclusive");
  checkOutcome(judge("barrier-simulation", passagesOf(2.5), cellsOf(() => 1, 50).map((cell) => ({...cell, measured: null, crossed: 0}))), "inconclusive");
});

test("one barrier far from its exact time makes the agreement approximate, though the pooled ratio is close", () => {
  const verdict = simulation((lossRatio) => (lossRatio === 3 ? 1.15 : 0.99), 4000);
  checkOutcome(verdict, "approximate");
  assert.ok(Math.abs(verdict.discrepancy!) < 0.04);
  assert.match(verdict.explanation, /c = 3\), a rejection/);
});

test("the slope over barriers has each outcome", () => {
  const slope = (passages: readonly BarrierPassage[]) => judge("barrier-slope.temperature-0.5", passages, cellsOf(() => 1, 50));
  const exact = slope(passagesOf(2.5));
  checkOutcome(exact, "reproduced");
  assert.ok(Math.abs(exact.estimate! - 2.5) < 1e-9);
  assert.equal(exact.predicted, 2.5);
  checkOutcome(slope(passagesOf(2.1)), "approximate");
  checkOutcome(slope(passagesOf(1)), "not reproduced");
  checkOutcome(slope(passagesOf(-2.5)), "not reproduced");
  checkOutcome(slope(passagesOf(2.5, {spread: 0.95, replicas: 4})), "inconclusive");
});

test("a slope needs four barriers with passages", () => {
  const verdict = judge("barrier-slope.temperature-0.5", passagesOf(2.5).map((passage) => (passage.lossRatio > 3 ? {...passage, crossed: false} : passage)), cellsOf(() => 1, 50));
  checkOutcome(verdict, "inconclusive");
  assert.match(verdict.explanation, /at least 4 barriers with passages, found 3/);
  assert.deepEqual([verdict.used, verdict.total], [120, 200]);
});

test("passages with half the time step, censored replicas and diverged ones do not bend the slope", () => {
  const halved = passagesOf(2.5).filter(({lossRatio}) => lossRatio === 3).map((passage) => ({...passage, relativeTimeStep: 0.05, time: 1e6}));
  const diverged = passagesOf(2.5).map((passage) => ({...passage, replica: 99, time: null, crossed: false, divergedAt: 7}));
  const censored = passagesOf(2.5).map((passage) => (passage.replica % 4 < 2 ? {...passage, crossed: false} : passage));
  const slope = (passages: readonly BarrierPassage[]) => judge("barrier-slope.temperature-0.5", passages, cellsOf(() => 1, 50));
  checkOutcome(slope([...passagesOf(2.5), ...halved]), "reproduced");
  assert.ok(Math.abs(slope(censored).estimate! - 2.5) < 1e-9);
  const some = slope([...passagesOf(2.5), ...diverged]);
  assert.ok(Math.abs(some.estimate! - 2.5) < 1e-9);
  assert.deepEqual([some.used, some.total], [200, 400]);
});

test("slope and prefactor at high barriers are judged by their value alone", () => {
  const verdicts = barrierVerdicts(cellsOf(() => 1, 50), slopesOf(passagesOf(2.5)));
  const [slope, prefactor] = ["barrier-slope-high", "barrier-prefactor"].map((id) => verdictOn(`${id}.temperature-0.5`, verdicts));
  checkOutcome(slope!, "reproduced");
  checkOutcome(prefactor!, "approximate");
  assert.equal(prefactor!.estimate, escapeRate(doubleWell(30), 0.5) * barrierPassageTime(30, 0.5));
  for (const {low, high, estimate} of [slope!, prefactor!]) assert.deepEqual([low, high], [estimate, estimate]);
});

const rivals = (rise: (lossRatio: number) => number, crossed: number, ratios = lossRatios): Verdict =>
  judge("barrier-arrhenius.temperature-0.5", passagesOf(2.5), cellsOf(() => 1, crossed, ratios).map((cell) => ({...cell, measured: Math.exp(rise(cell.lossRatio))})));

test("the log-barrier law holds against both of Arrhenius', or falls to either", () => {
  checkOutcome(rivals((c) => 2.5 * Math.log(c), 1000), "reproduced");
  checkOutcome(rivals(() => 1, 1000), "not reproduced");
  checkOutcome(rivals((c) => c / temperature, 1000), "not reproduced");
  checkOutcome(rivals((c) => 2.5 * Math.log(c), 4), "inconclusive");
  checkOutcome(rivals((c) => 2.5 * Math.log(c), 1000, [2]), "inconclusive");
});

test("where the rival with frozen noise predicts nearly the same rise, nothing is decided", () => {
  const close = rivals((c) => 2.5 * Math.log(c), 1000, [1.2, 1.5]);
  checkOutcome(close, "inconclusive");
  assert.match(close.explanation, /frozen at the minimum 0\.6 /);
});
