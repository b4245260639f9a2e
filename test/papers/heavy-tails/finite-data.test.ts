import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {gunzipSync} from "node:zlib";
import {parseDigits} from "../../../src/data-sets/index.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {homogenizedStationaryLoss} from "../../../src/numerics/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {designName, finiteDataCell, finiteDataDesigns} from "../../../src/papers/heavy-tails/finite-data-cells.ts";
import {chainDeviations} from "../../../src/papers/heavy-tails/finite-data-ensembles.ts";
import {finiteData} from "../../../src/papers/heavy-tails/finite-data-parameters.ts";
import {finiteDataChains, finiteDataDraws, finiteDataNorms, finiteDataSummary, lawFits, lawQuantiles, stationaryStudentLaw, testedDraws, testValidity} from "../../../src/papers/heavy-tails/index.ts";
import type {FiniteBlock} from "../../../src/papers/heavy-tails/index.ts";
import {lawFamilies} from "../../../src/papers/heavy-tails/law-families.ts";
import {squaredFeatureNorms} from "../../../src/papers/heavy-tails/regression-problem.ts";
import {tailSample} from "../../../src/papers/heavy-tails/tail-sample.ts";
import {createStream} from "../../../src/random/index.ts";
import {mean, standardErrorOfMean} from "../../../src/statistics/index.ts";
import {assertCells, assertRanges} from "../cells.ts";
import type {CellChange} from "../cells.ts";

const digits = parseDigits(gunzipSync(readFileSync(join(import.meta.dirname, "../../../data/digits/digits.csv.gz"))), "digits");
const stream = (cell: string, block: number) => createStream({seed: 4, experiment: "finite data", cell, block});
const context = {stream, ensembles: ensemblesHere, progress: () => {}, images: () => digits};
const parameters = finiteData.parse({streamDimension: 3, spectrumDecay: 1, samples: 60, planeFeatures: 3, digitFeatures: 4, labelNoise: 0.5, relativeRidge: 0.1, batchSize: 1, stepRatios: [0.1, 0.3], contraction: 0.9, chains: 2000, diffusionChains: 2000, draws: 100, relaxationTimes: 4, diffusionRelaxationTimes: 4, relativeTimeStep: 0.05, growthParticles: 100, growthSteps: 200});
const cells = finiteDataDesigns(parameters).map((design) => ({design, cell: finiteDataCell(design, context)}));

test("every sample contracts in a control, and some would not at a step size a ninth larger", () => {
  const controls = cells.map(({cell}) => cell).filter(({control}) => control);
  assert.deepEqual(controls.map(({dataSet}) => dataSet), ["plane", "digits"]);
  for (const {set, sgd: {stepSize, ridge}} of controls) {
    const greatest = Math.max(...squaredFeatureNorms(set.samples!));
    assert.ok(Math.abs(stepSize * (greatest + ridge) - 2 * 0.9) < 1e-12);
  }
});

test("chains of SGD and of hSGD have their exact means, and hSGD its exact mean loss", async () => {
  for (const {design, cell} of cells.filter(({cell}) => cell.stepRatio === 0.1)) {
    const {set} = cell;
    for (const process of ["SGD", "hSGD"] as const) {
      const {whole, dimension, chains, diverged} = await chainDeviations(cell, {process, relaxationTimes: 4, relativeTimeStep: 0.05}, {ensembles: ensemblesHere, key: stream(designName(design), 0).ensembleKey(), replicas: {first: 0, count: 4000}});
      assert.equal(diverged, 0);
      const coordinate = (j: number) => Float64Array.from({length: chains}, (_, chain) => whole[chain * dimension + j]!);
      for (let j = 0; j < dimension; j++) assert.ok(Math.abs(mean(coordinate(j))) < 5 * standardErrorOfMean(coordinate(j)) + 0.02, `${process} on ${set.name}, coordinate ${j}`);
      if (process === "SGD") continue;
      const exact = homogenizedStationaryLoss(cell.sgd, set.quadratic);
      assert.ok(exact.kind === "finite");
      const centre = set.quadratic.solution.map((m, i) => (-cell.sgd.ridge * m) / (cell.sgd.eigenvalues[i]! + cell.sgd.ridge));
      const losses = Float64Array.from({length: chains}, (_, chain) => set.quadratic.loss + cell.sgd.eigenvalues.reduce((sum, value, j) => sum + (value * (whole[chain * dimension + j]! + centre[j]!) ** 2) / 2, 0));
      assert.ok(Math.abs(mean(losses) / exact.loss - 1) < 0.02 + (5 * standardErrorOfMean(losses)) / exact.loss, `${mean(losses)} against ${exact.loss} on ${set.name}`);
    }
  }
});

test("laws are compared on other chains than they are fitted to, at a step ratio that exists", async () => {
  const draws = await runExperiment(finiteDataDraws, parameters, context);
  assert.equal(draws.length, 3 * 2 * 200);
  const options = {resamples: 19, testedRatio: 0.3};
  const tested = testedDraws(draws, options);
  assert.deepEqual(tested.map(({chain, use}) => (use === "fit") === (chain < 100)), Array(3 * 200).fill(true));
  const fits = await runExperiment(lawFits, options, context, [tested]);
  assert.deepEqual(fits.map(({law}) => law).slice(0, 4), lawFamilies.map(({name}) => name));
  for (const {law, difference, differenceLow, differenceHigh, fitted, heldOutDraws, distancePValue} of fits) {
    assert.ok(differenceLow <= difference && difference <= differenceHigh);
    assert.deepEqual([fitted, heldOutDraws], [100, 100]);
    assert.equal(distancePValue === null, law !== "Student" && law !== "stable");
  }
  assert.throws(() => testedDraws(draws, {testedRatio: 0.5}), /testedRatio: expected one of the step ratios 0\.1, 0\.3 of finiteData, found 0\.5/);
  const pairs = lawQuantiles(tested);
  assert.deepEqual([...new Set(pairs.map(({law}) => law))], ["Student", "stable"]);
  assert.ok(pairs.every(({low, expected, high}) => low <= expected && expected <= high));
});

test("fitted laws have quantiles that invert their distribution functions, and find the normal law in normal draws", () => {
  const random = stream("normal draws", 0).generator("draws");
  const values = Float64Array.from({length: 4000}, () => 3 + 2 * random.normal());
  for (const {name, fit} of lawFamilies) {
    const law = fit(values);
    for (const p of [0.001, 0.3, 0.99]) assert.ok(Math.abs(law.cdf(law.quantile(p)) - p) < 1e-5, name);
    assert.ok(Math.abs(law.quantile(0.975) - (3 + 2 * 1.96)) < 0.3, name);
  }
});

const validity = {temperature: 0.5, draws: 60, replicates: 300, relativeTimeStep: 0.05, thinning: 8};

test("on data that follow the law a fitted law is never rejected, and consecutive iterates too often", async () => {
  const rows = await runExperiment(testValidity, validity, context);
  const rate = (data: string, pValue: string) => rows.find((row) => row.data === data && row.pValue === pValue)!;
  assert.equal(rows.length, 9);
  for (const data of ["independent draws", "thinned chain"]) {
    const {low, high} = rate(data, "true law");
    assert.ok(low < 0.05 && 0.05 < high, `${data}: ${low} to ${high}`);
    assert.ok(rate(data, "fitted law").high < 0.03);
  }
  assert.ok(rate("consecutive iterates", "true law").low > 0.15);
});

test("more chains are the new blocks alone, and the order statistics of their distances are those of all chains run at once", async () => {
  const more = {...parameters, chains: 6000, diffusionChains: 4000};
  const names = /^(stream ratio 0\.3|plane control), /;
  const rows: FiniteBlock[] = [];
  for (const {name, reads, replicas} of finiteDataChains.cells(more).filter(({name}) => names.test(name))) {
    const known = finiteDataChains.cells(parameters).find((cell) => cell.name === name)!;
    assert.deepEqual([known.reads, known.replicas, replicas], [reads, 1, /, SGD$/.test(name) ? 3 : 2]);
    for (const range of [{first: 0, count: 1}, {first: 1, count: replicas! - 1}]) rows.push(...(await finiteDataChains.run(reads, {...context, replicas: range}, [])));
  }
  const norms = await runExperiment({...finiteDataNorms, cells: (given) => finiteDataNorms.cells(given).filter(({name}) => names.test(name))}, more, context, [rows]);
  for (const {design, cell} of cells.filter(({design}) => names.test(`${designName(design)}, `)))
    for (const [process, chains] of [["SGD", 6000], ["hSGD", 4000]] as const) {
      const found = await chainDeviations(cell, {process, relaxationTimes: 4, relativeTimeStep: 0.05}, {ensembles: ensemblesHere, key: stream(`norms of ${process}, ${designName(design)}`, 0).ensembleKey(), replicas: {first: 0, count: chains}});
      for (const length of ["half", "whole"] as const) {
        const distances = Float64Array.from({length: chains}, (_, i) => Math.sqrt(found[length].subarray(i * found.dimension, (i + 1) * found.dimension).reduce((sum, value) => sum + value ** 2, 0)));
        const {dataSet, control, stepRatio} = cell;
        assert.deepEqual(norms.filter((norm) => norm.dataSet === dataSet && norm.process === process && norm.length === length), tailSample(distances, 0.05).map((point) => ({dataSet, control, stepRatio, process, length, ...point})));
      }
    }
});

test("the law of the demonstration has the density (1 + z²)^−(1 + 1/T)", () => {
  const law = stationaryStudentLaw(0.5);
  const ratio = law.density(1.7) / law.density(0);
  assert.ok(Math.abs(ratio - (1 + 1.7 ** 2) ** -3) < 1e-12);
});

test("a data set at one step size is one cell, which reads what makes it and no other set", () => {
  const changes: readonly CellChange<typeof parameters>[] = [
    {change: {stepRatios: [0.1, 0.4]}, affects: /ratio 0\.4/},
    {change: {streamDimension: 4, spectrumDecay: 2}, affects: /^stream/},
    {change: {samples: 70, planeFeatures: 4}, affects: /^plane/},
    {change: {digitFeatures: 5}, affects: /^digits/},
    {change: {labelNoise: 1}, affects: /^(stream|plane)/},
    {change: {relativeRidge: 0.2}, affects: /./}
  ];
  const control = {change: {contraction: 0.8}, affects: /control/};
  const growth = {growthParticles: 200, growthSteps: 300};
  assertCells(finiteDataSummary, parameters, [...changes, control, {change: growth, affects: /./}, {change: {chains: 4000, diffusionChains: 4000, draws: 200, relativeTimeStep: 0.1}, affects: []}]);
  assertCells(finiteDataChains, parameters, [...changes, control, {change: {relaxationTimes: 5}, affects: /, SGD$/}, {change: {diffusionRelaxationTimes: 5, relativeTimeStep: 0.1}, affects: /, hSGD$/}, {change: {...growth, chains: 4000, diffusionChains: 4000, draws: 200}, affects: []}]);
  assertCells(finiteDataNorms, parameters, [{change: {stepRatios: [0.1, 0.4]}, affects: /ratio 0\.4/}, {change: {chains: 4000, diffusionChains: 4000, contraction: 0.8, relaxationTimes: 5}, affects: []}]);
  assertCells(finiteDataDraws, parameters, [...changes, {...control, affects: []}, {change: {...growth, chains: 4000, diffusionChains: 4000, draws: 200}, affects: []}]);
  assert.deepEqual(finiteDataDraws.cells(parameters).flatMap(({name, imageSets}) => (imageSets!.length > 0 ? [name] : [])), ["digits ratio 0.1", "digits ratio 0.3"]);
});

test("a law is fitted by itself, and a kind of test run by itself", () => {
  assertCells(lawFits, {resamples: 19, testedRatio: 0.3}, [
    {change: {resamples: 39}, affects: /, (Student|stable)$/},
    {change: {testedRatio: 0.1}, affects: []}
  ]);
  assertCells(testValidity, validity, [
    {change: {thinning: 9}, affects: ["thinned chain"]},
    {change: {relativeTimeStep: 0.02}, affects: ["thinned chain", "consecutive iterates"]},
    {change: {replicates: 400}, affects: /./}
  ]);
});

test("draws of more chains leave the first ones as they were, in ranges of any size", async () => {
  const on = (name: string) => ({...finiteDataDraws, cells: (all: typeof parameters) => finiteDataDraws.cells(all).filter((cell) => cell.name.startsWith(name))});
  await assertRanges(on("stream"), {...parameters, stepRatios: [0.3], draws: 60}, context);
  for (const name of ["plane", "digits"]) await assertRanges(on(name), {...parameters, stepRatios: [0.3], draws: 30}, context, {sizes: [7, 50]});
});

test("chains at another step ratio do not show in the draws that are tested", async () => {
  const only = (stepRatios: readonly number[]) => runExperiment(finiteDataDraws, {...parameters, stepRatios: [...stepRatios]}, context);
  assert.deepEqual(testedDraws(await only([0.2, 0.3]), {testedRatio: 0.3}), testedDraws(await only([0.1, 0.3]), {testedRatio: 0.3}));
});

test("step sizes without a second moment, and out of order, and chains that are no whole blocks, are refused by the schema", () => {
  const refused = (changed: object) => finiteData.safeParse({...parameters, ...changed}).success === false;
  assert.ok(refused({stepRatios: [0.5, 1]}));
  assert.ok(refused({stepRatios: [0.5, 0.3]}));
  assert.ok(refused({relativeRidge: 0}));
  assert.ok(refused({chains: 3000}) && refused({diffusionChains: 1000}));
  assert.ok(!refused({}));
});
