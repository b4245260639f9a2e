import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {cyclicalPaths, cyclicalRate, cyclicalVerdicts, parameterSections} from "../../../src/papers/noise-geometry/index.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells, assertRanges} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 5, experiment: "cyclical", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const small = {samples: 60, dimension: 15, initialScale: 1, seeds: 6, startingLoss: 1e-4, matchedLoss: 1e-4, smallStep: 0.1, lowStep: 0.3, peakStep: 1.5, cycles: 2, cycleSteps: 2500, finalSteps: 5000};
const outcomes = runExperiment(cyclicalRate, small, context);
const byName = async (schedule: string) => (await outcomes).filter((outcome) => outcome.schedule === schedule);

test("above their thresholds SGD and gradient descent leave the minimum, each to where its peak step is stable", async () => {
  for (const {trace, startTrace, margin, reached} of await byName("SGD, cycles")) assert.ok(reached && trace! < 0.9 * startTrace && margin! > 0.9, `${trace} of ${startTrace}, margin ${margin}`);
  for (const {sharpness, startSharpness, margin} of await byName("GD, own cycles")) assert.ok(sharpness! < 0.8 * startSharpness && margin! > 0.9);
});

test("below the threshold nothing leaves: small and mean steps, and gradient descent at the steps of SGD", async () => {
  for (const name of ["SGD, small step", "SGD, mean step", "GD, same cycles"])
    for (const {trace, startTrace} of await byName(name)) assert.ok(Math.abs(trace! / startTrace - 1) < 0.02, `${name}: ${trace} of ${startTrace}`);
});

test("no run is flatter than the flattest network that fits, and all of a seed's start at one point", async () => {
  const all = await outcomes;
  for (const {trace, flattestTrace, reached} of all) assert.ok(!reached || trace! > flattestTrace!);
  for (let seed = 0; seed < small.seeds; seed++) assert.equal(new Set(all.filter((outcome) => outcome.seed === seed).map(({startTrace, startSharpness}) => `${startTrace} ${startSharpness}`)).size, 1);
  assert.equal(new Set(all.map(({startTrace}) => startTrace)).size, small.seeds);
});

test("seeds are the same in every range of them, and more leave the first ones as they were", async () => {
  await assertRanges(cyclicalRate, {...small, cycles: 1, cycleSteps: 300, finalSteps: 100, seeds: 4}, context, {sizes: [1]});
  assertCells(cyclicalRate, small, [{change: {seeds: 9}, affects: []}, {change: {peakStep: 1.4}, affects: ["schedules"]}]);
});

test("the path of a schedule reads its own steps alone", () => {
  assertCells(cyclicalPaths, small, [
    {change: {peakStep: 1.4}, affects: ["SGD, cycles", "SGD, mean step", "SGD, peak step", "GD, same cycles", "GD, own cycles"]},
    {change: {lowStep: 0.4}, affects: ["SGD, cycles", "SGD, mean step", "GD, same cycles", "GD, own cycles"]},
    {change: {smallStep: 0.2}, affects: /^/},
    {change: {seeds: 9, matchedLoss: 1e-5}, affects: []}
  ]);
});

test("paths begin at the start of the first seed and end where its outcomes do", async () => {
  const paths = await runExperiment(cyclicalPaths, small, context);
  const first = (await outcomes).filter(({seed}) => seed === 0);
  for (const {schedule, startTrace, startSharpness, trace, sharpness} of first) {
    const own = paths.filter((point) => point.schedule === schedule);
    assert.ok(Math.abs(own[0]!.trace / startTrace - 1) < 1e-9 && Math.abs(own[0]!.sharpness / startSharpness - 1) < 1e-9);
    assert.ok(Math.abs(own.at(-1)!.trace / trace! - 1) < 1e-3 && Math.abs(own.at(-1)!.sharpness / sharpness! - 1) < 1e-3);
    assert.ok(own.length <= 123 && own.every(({step}, i) => i === 0 || step > own[i - 1]!.step));
  }
  const peaks = paths.filter(({schedule}) => schedule === "SGD, cycles").map(({relativeStep}) => relativeStep);
  assert.ok(Math.max(...peaks) <= 1.5 && Math.max(...peaks) > 1.45 && Math.min(...peaks) === 0.1);
});

test("runs that diverge are null with their step, stay out of their comparisons and are counted", async () => {
  const far = await runExperiment(cyclicalRate, {...small, peakStep: 3, lowStep: 3, initialScale: 3, cycles: 1, cycleSteps: 500, finalSteps: 100}, context);
  const diverged = far.filter(({divergedAt}) => divergedAt !== null);
  assert.ok(diverged.length > 0);
  for (const {loss, trace, sharpness, margin, reached, divergedAt} of diverged) assert.deepEqual([loss, trace, sharpness, margin, reached, divergedAt! > 0], [null, null, null, null, false, true]);
  const verdict = cyclicalVerdicts(far).find(({id}) => id === "noise-geometry.cyclical.trace")!;
  assert.equal(verdict.total, 6);
  assert.ok(verdict.used < 6);
  assert.equal(verdict.outcome, "inconclusive");
});

test("a starting loss out of reach is one error that names it", async () => {
  await assert.rejects(runExperiment(cyclicalRate, {...small, dimension: 5, samples: 6, seeds: 1, startingLoss: 1e-300}, context), /RangeError: startingLoss: expected one that gradient descent reaches within 300000 steps, found 1e-300: seed \d ended censored/);
});

test("a cycle that falls from its peak below it is refused with its place", () => {
  const file = readFileSync(join(import.meta.dirname, "../../../data/parameters/noise-geometry.jsonc"), "utf8");
  assert.throws(() => resolveParameters(file.replace('"lowStep": 0.3', '"lowStep": 1.6'), "file", parameterSections, "quick"), /quick\.cyclicalRate\.lowStep: expected lowStep at most peakStep, found 1\.6/);
  assert.throws(() => resolveParameters(file.replace('"seeds": 20,', '"seeds": 5,'), "file", parameterSections, "quick"), /quick\.\w+\.seeds/);
});
