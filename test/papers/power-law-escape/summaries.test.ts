import assert from "node:assert/strict";
import {test} from "node:test";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {barrierCurves, barrierPassageTime, diffusionPassageTimes, doubleWell, escapeRate, frozenNoiseRate, passageCurves, passageReferences, summarizeBarriers, summarizePassages} from "../../../src/papers/power-law-escape/index.ts";
import type {BarrierPassage} from "../../../src/papers/power-law-escape/index.ts";

const context = {stream: () => assert.fail("references are exact"), ensembles: ensemblesHere, progress: () => {}};

const passage = (time: number, crossed: boolean, changes: Partial<BarrierPassage> = {}): BarrierPassage => ({temperature: 0.5, lossRatio: 2, relativeTimeStep: 0.1, replica: 0, time, crossed, divergedAt: null, ...changes});

test("a mean escape time is all time over all passages: censored replicas count with theirs", () => {
  const [cell] = summarizeBarriers([passage(1, true), passage(2, true), passage(9, false), passage(4, true)]);
  assert.deepEqual([cell!.measured, cell!.crossed, cell!.replicas, cell!.halved], [16 / 3, 3, 4, false]);
  assert.ok(cell!.low! < 16 / 3 && cell!.high! > 16 / 3);
  assert.equal(cell!.exact, barrierPassageTime(2, 0.5));
  assert.equal(cell!.predicted, 1 / escapeRate(doubleWell(2), 0.5));
  assert.equal(cell!.arrhenius, 1 / frozenNoiseRate(doubleWell(2), 0.5));
});

test("a replica that diverged is counted with its step and enters no mean", () => {
  const lost = (divergedAt: number) => passage(0, false, {time: null, divergedAt});
  const times = [passage(1, true), passage(2, true), passage(9, false)];
  const [[cell], [without]] = [summarizeBarriers([...times, lost(70), lost(30)]), summarizeBarriers(times)];
  assert.deepEqual(cell, {...without!, replicas: 5, diverged: 2, firstDivergence: 30});
  assert.deepEqual([without!.diverged, without!.firstDivergence], [0, null]);
  const [all] = summarizeBarriers([lost(70)]);
  assert.deepEqual([all!.measured, all!.low, all!.high, all!.crossed, all!.replicas, all!.diverged], [null, null, null, 0, 1, 1]);
});

test("a barrier without any passage has no estimate, and a cell for each step, temperature and ratio", () => {
  const cells = summarizeBarriers([passage(5, false), passage(5, false), passage(1, true, {relativeTimeStep: 0.05}), passage(1, true, {temperature: 0.25}), passage(3, true, {lossRatio: 3})]);
  assert.deepEqual(cells.map(({temperature, lossRatio, halved, measured, low, high}) => [temperature, lossRatio, halved, measured, low !== null, high !== null]), [
    [0.5, 2, false, null, false, false],
    [0.5, 2, true, 1, true, true],
    [0.25, 2, false, 1, true, true],
    [0.5, 3, false, 3, true, true]
  ]);
});

const parameters = {stepSize: 0.1, batchSize: 1, dimensions: [1, 2], lossRatios: [1.2, 1.4, 1.6, 1.8], replicas: 3, maximumSteps: 1000, gridCells: 100};

test("first-passage times are steps times the step size, with the exact chain in one dimension only", async () => {
  const references = await runExperiment(passageReferences, parameters, context);
  const rows = parameters.dimensions.flatMap((dimension) => parameters.lossRatios.flatMap((lossRatio, i) => [100, 200, 1000].map((steps, replica) => ({dimension, lossRatio, replica, steps, crossed: replica < 2 && i < 3, divergedAt: null}))));
  const cells = summarizePassages(rows, references, parameters);
  assert.equal(cells.length, 8);
  assert.deepEqual(cells.slice(0, 4).map(({measured, crossed, replicas}) => [measured, crossed, replicas]), [[65, 2, 3], [65, 2, 3], [65, 2, 3], [null, 0, 3]]);
  assert.ok(cells.every(({dimension, exact, gridError}) => (dimension === 1) === (exact !== null) && (exact === null) === (gridError === null)));
  const lost = rows.map((row) => (row.lossRatio === 1.4 && row.replica === 2 ? {...row, divergedAt: 1000} : row));
  assert.deepEqual(summarizePassages(lost, references, parameters).map(({measured, diverged, firstDivergence}) => [measured, diverged, firstDivergence]).slice(0, 3), [[65, 0, null], [15, 1, 1000], [65, 0, null]]);
  const decoupled = diffusionPassageTimes("decoupled", {stepSize: 0.1, batchSize: 1, dimension: 2}, parameters.lossRatios);
  assert.deepEqual(cells.slice(4).map(({decoupledDiffusion}) => decoupledDiffusion), decoupled);
  cells.forEach(({decoupledDiffusion, exactCovarianceDiffusion}) => assert.ok(exactCovarianceDiffusion < decoupledDiffusion));
});

test("curves cover the simulated range, rise with the loss ratio, and agree with their cells", async () => {
  const barrier = barrierCurves([0.5], [1.5, 3]);
  const passages = await runExperiment(passageCurves, parameters, context);
  assert.deepEqual([...new Set(passages.filter(({dimension}) => dimension === 2).map(({law}) => law))], ["paper's diffusion", "exact-covariance diffusion"]);
  const curves = [...new Set(barrier.map(({law}) => law))].map((law) => barrier.filter((point) => point.law === law)).concat();
  for (const curve of curves) {
    assert.ok(curve[0]!.lossRatio < 1.5 && curve.at(-1)!.lossRatio > 3);
    curve.slice(1).forEach((point, i) => assert.ok(point.lossRatio > curve[i]!.lossRatio && point.time > curve[i]!.time));
  }
  const exact = passages.filter(({law}) => law === "exact SGD");
  assert.ok(exact.length > 10 && exact.every(({dimension}) => dimension === 1) && exact[0]!.lossRatio < 1.2 && exact.at(-1)!.lossRatio > 1.8);
  exact.slice(1).forEach((point, i) => assert.ok(point.time > exact[i]!.time));
});
