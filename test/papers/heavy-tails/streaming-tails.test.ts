import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import type {Experiment} from "../../../src/papers/experiment.ts";
import {divergence, parameterSections, productGrowth, streamingCells, streamingTails, summarizeStreamingTails, summarizeStreamingThresholds, summarizeTailTrends, tailTrendChains, tailTrends, trendReferences, trendSurvival} from "../../../src/papers/heavy-tails/index.ts";
import {sgdDistances} from "../../../src/papers/heavy-tails/distance-chains.ts";
import {tailReferences} from "../../../src/papers/heavy-tails/tail-references.ts";
import {tailWord} from "../../../src/papers/heavy-tails/streaming-tail-summary.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells} from "../cells.ts";
import type {CellChange} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 5, experiment: "streaming tails", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const {streamingTails: quick, tailTrends: trends} = resolveParameters(readFileSync(join(import.meta.dirname, "../../../data/parameters/heavy-tails.jsonc"), "utf8"), "file", parameterSections, "quick").sections;
const small = {...quick, dimensions: [1, 5], stepRatios: [0.5, 0.7, 0.9], batchSizes: [1], spectra: [{name: "two", eigenvalues: [1, 0.5], stepRatio: 0.5, batchSize: 1, steps: 160}], coordinateSteps: 1e7, mostChains: 50_000};
const cells = await runExperiment(streamingCells, small, context);

test("the table of the specification: exact indices, and the cell in which SGD diverges", () => {
  const cell = (dimension: number, stepRatio: number) => cells.find((found) => found.isotropic && found.dimension === dimension && found.stepRatio === stepRatio)!;
  assert.equal(cell(1, 0.5).kesten!.toFixed(2), "1.09");
  assert.equal(cell(1, 0.5).homogenized, 3);
  assert.equal(cell(5, 0.7).kesten!.toFixed(2), "2.20");
  assert.equal(cell(5, 0.7).homogenized.toFixed(2), "4.14");
  const diverging = cell(5, 0.9);
  assert.deepEqual([diverging.kesten, diverging.steps, diverging.note], [null, null, "SGD diverges"]);
  assert.ok(diverging.lyapunovExponent! > 0.006 && diverging.homogenized > 2.5);
  const anisotropic = cells.at(-1)!;
  assert.ok(anisotropic.lowerBound < anisotropic.homogenized && anisotropic.homogenized < anisotropic.upperBound);
  assert.ok(anisotropic.kesten! < anisotropic.lowerBound);
});

test("cells are left out with the number that decides", async () => {
  const note = async (change: Partial<typeof small>, dimension: number, stepRatio: number) => (await runExperiment(streamingCells, {...small, dimensions: [dimension], stepRatios: [stepRatio], spectra: [], ...change}, context))[0]!.note;
  assert.equal(await note({measured: {least: 0.5, greatest: 5}}, 5, 0.5), "too light to measure: the index is above 5");
  assert.equal(await note({measured: {least: 0.6, greatest: 8}}, 1, 0.7), "too heavy for single precision: the index is below 0.6");
  assert.match(await note({mostSteps: 20}, 5, 0.7), /^needs \d+ steps, more than 20$/);
  assert.throws(() => tailReferences({eigenvalues: [1, 1, 1, 1, 1], ridge: 0, stepSize: 0.9, batchSize: 1}), /^RangeError: stepSize: expected one at which hSGD has a tail index, found 0\.9: /);
});

test("a word says which tail is heavier", () => {
  assert.deepEqual([tailWord(4, 2), tailWord(10, 15), tailWord(10, 10.4), tailWord(10, 9.6), tailWord(10, 9.4), tailWord(3, null)], ["too light", "too heavy", "agrees", "agrees", "too light", "diverges"]);
});

test("SGD's chains have Kesten's index within their intervals, and not hSGD's", async () => {
  const parameters = {...small, dimensions: [1], stepRatios: [0.5, 0.9]};
  const estimates = summarizeStreamingThresholds(await runExperiment(streamingTails, parameters, context));
  const measured = cells.filter(({cell}) => cell === "d 1, ratio 0.5, B 1" || cell === "two");
  assert.deepEqual([...new Set(estimates.map(({cell}) => cell))], measured.map(({cell}) => cell));
  const rows = summarizeStreamingTails(measured, estimates);
  for (const row of rows) {
    assert.ok(row.lowBelow! < row.kesten! && row.highBelow! > row.kesten!, `${row.cell}: ${row.lowBelow} to ${row.highBelow}, exact ${row.kesten}`);
    assert.ok(row.highBelow! < row.homogenized);
    assert.deepEqual([row.word, row.inBand, row.used], ["too light", "no", row.chains]);
  }
  const none = summarizeStreamingTails(cells, []);
  assert.ok(none.every(({tailIndex, used}) => tailIndex === null && used === 0));
});

test("beyond SGD's threshold it grows at its Lyapunov exponent while hSGD stays", async () => {
  const parameters = {...small, divergence: {dimension: 5, stepRatio: 0.9, chains: 400, steps: 1200, samples: 6, productChains: 20_000, productSteps: 200}};
  const [growth] = await runExperiment(productGrowth, parameters, context);
  assert.ok(growth!.exact > 0);
  assert.ok(Math.abs(growth!.measured - growth!.exact) < 4 * growth!.standardError);
  assert.ok(growth!.standardError < 0.1 * growth!.exact);
  const rows = await runExperiment(divergence, parameters, context);
  const medians = (process: string) => rows.filter((row) => row.process === process).map(({median}) => median!);
  assert.ok(medians("SGD").at(-1)! > 1e3 * medians("SGD")[0]!);
  assert.ok(Math.max(...medians("hSGD")) < 2 * Math.min(...medians("hSGD")));
});

test("a design is run by itself, and what fixes the length of chains is not read where it is given", () => {
  const changes: readonly CellChange<typeof small>[] = [
    {change: {stepRatios: [0.5, 0.7, 0.8]}, affects: /ratio 0\.8/},
    {change: {dimensions: [1, 6]}, affects: /^d 6,/},
    {change: {batchSizes: [2, 1]}, affects: /B 2$/},
    {change: {spectra: [{...small.spectra[0]!, steps: 200}]}, affects: ["two"]},
    {change: {measured: {least: 0.5, greatest: 5}, mostSteps: 20, relaxationTimes: 11}, affects: /^d /},
    {change: {coordinateSteps: 2e7}, affects: /./},
    {change: {divergence: {...small.divergence, chains: 200}}, affects: []}
  ];
  assertCells(streamingCells, small, changes);
  assertCells(streamingTails, small, changes);
  assertCells(divergence, small, [{change: {divergence: {...small.divergence, productChains: 2000, productSteps: 30}}, affects: []}, {change: {divergence: {...small.divergence, samples: 7}}, affects: /./}]);
  assertCells(productGrowth, small, [{change: {divergence: {...small.divergence, chains: 200, steps: 300}}, affects: []}, {change: {divergence: {...small.divergence, productSteps: 30}}, affects: ["products"]}]);
});

test("chains that diverge are counted and left out", async () => {
  const {end, half} = await sgdDistances({eigenvalues: [1], ridge: 0, stepSize: 40, batchSize: 1}, {chains: 64, steps: 400}, {ensembles: ensemblesHere, key: [1, 2]});
  for (const values of [end, half]) assert.deepEqual([values.length, values.filter(Number.isNaN).length], [64, 64]);
});

/** An experiment of the cells of some names alone. */
const only = <P, C, R, I extends readonly (readonly unknown[])[]>(experiment: Experiment<P, C, R, I>, names: RegExp): Experiment<P, C, R, I> => ({...experiment, cells: (parameters) => experiment.cells(parameters).filter(({name}) => names.test(name))});

/** Order statistics of the chains of cells of some names. */
const trendPoints = async (parameters: typeof trends, names: RegExp) => runExperiment(only(tailTrends, names), parameters, context, [await runExperiment(only(tailTrendChains, names), parameters, context)]);

const shared = {...trends, base: {batchSize: 1, ridge: 0, dimension: 2}, stepSizes: [0.4, 0.5, 0.6, 0.75], batchSizes: {stepSize: 0.6, values: [1, 2, 3, 4]}, ridges: {stepSize: 0.6, values: [0, 0.2, 0.4, 0.6]}, dimensions: {stepSize: 0.5, values: [1, 2, 3, 4]}, chains: 50_000, homogenizedChains: 50_000, settledDraws: 1000, homogenizedSettledDraws: 1000, relativeTimeStep: 0.1, relaxationTimes: 5};

test("a design that several parameters share has the same chains, and SGD is left out where it diverges", async () => {
  const references = await runExperiment(only(trendReferences, /^(batch size|dimension)/), shared, context);
  assert.deepEqual(references.filter(({kesten}) => kesten === null).map(({varied, value}) => `${varied} ${value}`), ["dimension 4"]);
  assert.deepEqual(references.filter(({varied}) => varied === "batch size").map(({regressor}) => regressor), [1, 2, 3, 4].map((batchSize) => batchSize / 0.6));
  const points = await trendPoints(shared, /^(ridge 0(\.2)?, SGD|step size 0\.6, SGD|dimension 4, .*)$/);
  const sample = (varied: string, value: number, process: string) => points.filter((point) => point.varied === varied && point.value === value && point.process === process).map(({distance}) => distance);
  assert.deepEqual(sample("ridge", 0, "SGD"), sample("step size", 0.6, "SGD"));
  assert.notDeepEqual(sample("ridge", 0.2, "SGD"), sample("ridge", 0, "SGD"));
  assert.equal(sample("dimension", 4, "SGD").length, 0);
  assert.ok(sample("dimension", 4, "hSGD").length > 0);
  assert.ok(trendSurvival(points).every(({survival, low, high}) => survival > 0 && low <= survival && high >= survival));
});

test("the heaviest tail of a sweep has its exact index within its interval", async () => {
  const parameters = {...shared, settledDraws: 50_000, relaxationTimes: 10};
  const heaviest = /^step size 0\.75(, SGD)?$/;
  const rows = summarizeTailTrends(await trendPoints(parameters, heaviest), await runExperiment(only(trendReferences, heaviest), parameters, context), parameters);
  assert.deepEqual([...new Set(rows.map(({varied, value, process, used, total}) => `${varied} ${value} ${process} ${used} of ${total}`))], ["step size 0.75 SGD 50000 of 50000"]);
  for (const {low, high, exact} of rows) assert.ok(low! < exact && high! > exact, `${low} to ${high}, exact ${exact}`);
});

test("a design is one cell of each process, which reads the parameters of its own sweep", () => {
  const changes: readonly CellChange<typeof shared>[] = [
    {change: {stepSizes: [0.4, 0.55, 0.6, 0.75]}, affects: /^step size 0\.55\b/},
    {change: {ridges: {stepSize: 0.6, values: [0, 0.2, 0.3, 0.6]}}, affects: /^ridge 0\.3\b/},
    {change: {batchSizes: {stepSize: 0.7, values: [1, 2, 3, 4]}}, affects: /^batch size/},
    {change: {base: {batchSize: 1, ridge: 0, dimension: 3}}, affects: /^(step size|batch size|ridge)/},
    {change: {dimensions: {stepSize: 0.5, values: [4, 3, 2, 5]}}, affects: /^dimension 5\b/}
  ];
  assertCells(trendReferences, shared, [...changes, {change: {chains: 100_000, homogenizedChains: 100_000, settledDraws: 2000, relaxationTimes: 6}, affects: []}]);
  assertCells(tailTrendChains, shared, [...changes, {change: {homogenizedSettledDraws: 2000, relativeTimeStep: 0.05}, affects: /, hSGD$/}, {change: {settledDraws: 2000}, affects: /, SGD$/}, {change: {chains: 100_000, homogenizedChains: 100_000}, affects: []}]);
});

test("a value that occurs twice in a sweep is refused with its place", () => {
  const file = readFileSync(join(import.meta.dirname, "../../../data/parameters/heavy-tails.jsonc"), "utf8");
  const twice = file.replace('"stepSizes": [0.4, 0.5, 0.6, 0.75]', '"stepSizes": [0.4, 0.5, 0.5, 0.75]');
  assert.notEqual(twice, file);
  assert.throws(() => resolveParameters(twice, "file", parameterSections, "quick"), /quick\.tailTrends\.stepSizes: expected different values/);
});
