import assert from "node:assert/strict";
import {test} from "node:test";
import type {LabelledImages} from "../../../src/data-sets/index.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {escapeGrowthRate, instabilityThresholds} from "../../../src/numerics/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {escapeBlocks, escapeGrowth, escapePaths, growthCurves, summarizeEscape} from "../../../src/papers/noise-geometry/index.ts";
import {imageSpectrum} from "../../../src/papers/noise-geometry/escape-threshold.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells, assertRanges} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 0, experiment: "escape", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const parameters = {flatEigenvalue: 0.5, flatDirections: 7, scales: [0.8], sharpCounts: [1, 2], steps: 4, start: 0.01, replicas: 40_000, blocks: 20, gradientDescentStep: 2.2, pictured: 5, picturedGrowth: 50};

test("ensembles follow the exact recursion, and not that of aligned noise or of another step size", async () => {
  const blocks = await runExperiment(escapeBlocks, parameters, context);
  assert.equal(blocks.length, 20 * 2 * 4);
  const cells = summarizeEscape(blocks, parameters);
  for (const {ratio, exact, logStandardError, growth, exactGrowth, growthLogError, runs} of cells) {
    assert.ok(Math.abs(Math.log(ratio / exact)) < 4 * logStandardError && Math.abs(Math.log(growth / exactGrowth)) < 4 * growthLogError);
    assert.equal(runs, 40_000);
  }
  const first = cells.find(({step, sharpCount}) => step === 1 && sharpCount === 1)!;
  assert.ok(Math.abs(Math.log(first.ratio / first.aligned)) > 6 * first.logStandardError);
  const other = summarizeEscape(blocks.map((block) => ({...block, scale: 1})), {...parameters, scales: [1]});
  assert.ok(other.some(({growth, exactGrowth, growthLogError}) => Math.abs(Math.log(growth / exactGrowth)) > 6 * growthLogError));
});

test("the first step from equal parts is known in closed form", () => {
  const [step, d] = [0.8 / Math.sqrt(1 + 7 * 0.25), 7];
  const {exact, exactGrowth} = summarizeEscape(
    Array.from({length: 20}, (_, block) => ({scale: 0.8, block, step: 1, sharpCount: 1, runs: 1, sharp: 1 + block / 100, flat: 1})), {...parameters, steps: 1, sharpCounts: [1]}
  )[0]!;
  const sharp = (1 - step) ** 2 + step ** 2 + 2 * step ** 2;
  const flat = (1 - step / 2) ** 2 + (step / 2) ** 2 + 2 * d * (step / 2) ** 2;
  assert.ok(Math.abs(exact - flat / sharp) < 1e-12 && Math.abs(exactGrowth - (flat + sharp) / 2) < 1e-12);
});

test("paths begin with equal parts and end where their loss has first grown as asked", async () => {
  const points = await runExperiment(escapePaths, parameters, context);
  const runs = [...new Set(points.map(({method, run}) => `${method} ${run}`))];
  assert.deepEqual(runs, ["SGD 0", "SGD 1", "SGD 2", "SGD 3", "SGD 4", "gradient descent 0"]);
  for (const name of runs) {
    const path = points.filter(({method, run}) => `${method} ${run}` === name);
    const growths = path.map(({sharp, flat}) => (sharp ** 2 + flat ** 2) / 2);
    assert.deepEqual([path[0]!.sharp, path[0]!.flat], [1, 1]);
    assert.ok(growths.at(-1)! >= 50 && growths.slice(0, -1).every((growth) => growth < 50));
  }
  const descent = points.filter(({method}) => method === "gradient descent");
  descent.forEach(({sharp, flat, step}) => assert.ok(Math.abs(sharp / 1.2 ** step - 1) < 1e-9 && Math.abs(flat / 0.1 ** step - 1) < 1e-9));
});

const digits: LabelledImages = {count: 3, height: 1, width: 2, maximumPixel: 16, pixels: Uint8Array.from([3, 0, 0, 1, 3, 0]), labels: Uint8Array.from([0, 1, 2])};
const threshold = {dimension: 6, twoLevelEigenvalue: 0.3, decayExponent: 1, digitsCutOff: 1e-3, relativeSteps: [0.8, 1.25], steps: 2, replicas: 20_000, blocks: 20};

test("the spectrum of images is that of their second moments, cut where it is negligible", () => {
  const spectrum = imageSpectrum(digits, 1e-3);
  assert.ok(spectrum.length === 2 && spectrum[0] === 1 && Math.abs(spectrum[1]! - 1 / 18) < 1e-12);
  assert.equal(imageSpectrum(digits, 0.5).length, 1);
});

test("the mean loss grows at the exact rate from the growing direction on, on both sides of the threshold", async () => {
  const cells = await runExperiment(escapeGrowth, threshold, {...context, images: () => digits});
  assert.deepEqual(cells.map(({spectrum}) => spectrum).filter((_, i) => i % 3 === 0), ["equal", "two levels", "digits", "power"]);
  for (const {rate, exact, logStandardError, relativeStep, scale} of cells) {
    assert.ok(Math.abs(Math.log(rate / exact)) < 4 * logStandardError);
    assert.ok(relativeStep < 1 ? exact < 1 : exact > 1);
    assert.ok(relativeStep < 1.2 || scale > 0.2);
  }
  const [equal] = cells;
  assert.ok(Math.abs(equal!.thresholdScale - (2 / 8) * Math.sqrt(6)) < 1e-9);
  assert.ok(cells.filter(({scale}) => Math.abs(scale - 1) < 1e-9).length === 4);
});

test("curves cross 1 at the exact threshold", async () => {
  const curve = (await runExperiment(growthCurves, threshold, {...context, images: () => digits})).filter(({spectrum}) => spectrum === "equal");
  const {meanSquare, frobenius} = instabilityThresholds({eigenvalues: [1, 1, 1, 1, 1, 1], batchSize: 1, noise: "gaussian"});
  for (const {scale, rate} of curve) assert.equal(rate > 1, scale > meanSquare / frobenius);
  assert.ok(Math.abs(escapeGrowthRate({eigenvalues: [1, 1, 1, 1, 1, 1], stepSize: meanSquare, batchSize: 1, noise: "gaussian"}) - 1) < 1e-9);
});

test("a step size, a spectrum and a method are read by their own cells alone, and blocks and runs are replicas", () => {
  assertCells(escapeBlocks, {...parameters, scales: [0.8, 1.1]}, [
    {change: {scales: [0.8, 1.2]}, affects: ["escape at beta = 1.2"]},
    {change: {gradientDescentStep: 3, pictured: 6, picturedGrowth: 9}, affects: []},
    {change: {replicas: 80_000, blocks: 40}, affects: []},
    {change: {replicas: 80_000}, affects: /^/}
  ]);
  assertCells(escapePaths, parameters, [
    {change: {scales: [0.8, 5], sharpCounts: [3], steps: 5, replicas: 2000, pictured: 9}, affects: []},
    {change: {scales: [1]}, affects: ["SGD at beta = 1"]},
    {change: {gradientDescentStep: 2.5}, affects: ["gradient descent at step size 2.5"]},
    {change: {start: 0.02}, affects: /^/}
  ]);
  assertCells(escapeGrowth, threshold, [
    {change: {relativeSteps: [0.8, 1.5]}, affects: / 1\.5 of/},
    {change: {twoLevelEigenvalue: 0.4}, affects: /^two levels/},
    {change: {decayExponent: 2}, affects: /^power/},
    {change: {digitsCutOff: 0.01}, affects: /^digits/},
    {change: {dimension: 7}, affects: /^(equal|two levels|power)/},
    {change: {steps: 3}, affects: /^/}
  ]);
  assertCells(growthCurves, threshold, [{change: {relativeSteps: [0.5, 2], steps: 1, replicas: 9000}, affects: []}, {change: {decayExponent: 2}, affects: ["power"]}]);
  assert.deepEqual(growthCurves.cells(threshold).map(({imageSets}) => imageSets), [[], [], ["digits"], []]);
});

test("blocks and single runs are the same in every range of them", async () => {
  await assertRanges(escapeBlocks, {...parameters, steps: 2, replicas: 3000, blocks: 60}, context);
  await assertRanges(escapePaths, {...parameters, pictured: 16}, context);
});
