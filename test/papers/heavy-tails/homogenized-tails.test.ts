import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {homogenizedMoments, homogenizedTailChains, homogenizedTails, parameterSections, stationaryLawTest, summarizeHomogenizedTails} from "../../../src/papers/heavy-tails/index.ts";
import {chainSteps} from "../../../src/papers/heavy-tails/chain-steps.ts";
import {homogenizedDistances} from "../../../src/papers/heavy-tails/distance-chains.ts";
import {homogenizedLength} from "../../../src/papers/heavy-tails/homogenized-length.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells} from "../cells.ts";

const contextOf = (seed: number) => ({stream: (cell: string, block: number) => createStream({seed, experiment: "homogenized tails", cell, block}), ensembles: ensemblesHere, progress: () => {}});
const context = contextOf(3);
const text = readFileSync(join(import.meta.dirname, "../../../data/parameters/heavy-tails.jsonc"), "utf8");
const {homogenizedTails: quick} = resolveParameters(text, "file", parameterSections, "quick").sections;
const pearson = {...quick.pearson, chains: 20_000};

test("one-dimensional hSGD with ridge passes the test against its exact law, the law of another ridge does not", async () => {
  const rows = await runExperiment(stationaryLawTest, {...quick, pearson}, context);
  assert.deepEqual(rows.map(({halved, used}) => [halved, used]), [[false, 20_000], [true, 20_000]]);
  for (const {pValue, symmetricPValue} of rows) {
    assert.ok(pValue > 1e-3, `p = ${pValue}`);
    assert.ok(symmetricPValue < 1e-12);
  }
});

test("the mean loss is L(x_ridge)/(1 − γ/γ̃); beyond γ̃, or without a variance of the loss, nothing is run", async () => {
  const cell = {name: "two", eigenvalues: [1, 0.5], ridge: 0.1, solution: 1, stepSize: 0.3, batchSize: 1};
  const beyond = {...cell, name: "beyond", stepSize: 1.6};
  const heavy = {...cell, name: "heavy", stepSize: 0.9};
  const rows = await runExperiment(homogenizedMoments, {...quick, moments: {cells: [cell, beyond, heavy], chains: 20_000, relativeTimeStep: 0.05}}, context);
  const [first, second, third] = rows;
  const threshold = 2 / (1 / 1.1 + 0.25 / 0.6);
  const ridgeLoss = 0.5 + 0.5 * ((1 / 1.1 - 1) ** 2 + 0.5 * (0.5 / 0.6 - 1) ** 2);
  assert.ok(Math.abs(first!.exact! - ridgeLoss / (1 - 0.3 / threshold)) < 1e-12);
  assert.ok(Math.abs(first!.extrapolated! - first!.exact!) < 4 * first!.standardError!);
  assert.ok(first!.standardError! < 0.03 * first!.exact!);
  assert.deepEqual([second!.exact, second!.extrapolated, second!.used], [null, null, 0]);
  assert.ok(second!.stepRatio > 1);
  assert.ok(third!.exact !== null && third!.extrapolated === null && third!.tailIndex! < 4);
});

test("chains of hSGD have the exact tail index within their intervals, with half of the time step and of the length too", async () => {
  const parameters = {...quick, cells: [{name: "one", eigenvalues: [1], ridge: 0, stepSize: 1.2, batchSize: 1}], chains: 50_000, checkChains: 50_000, settledDraws: 50_000};
  const points = await runExperiment(homogenizedTails, parameters, contextOf(1), [await runExperiment(homogenizedTailChains, parameters, contextOf(1))]);
  const rows = summarizeHomogenizedTails(points, parameters).filter(({estimator}) => estimator === "generalised Pareto");
  for (const variant of ["as fixed", "half time step", "half length"]) {
    const row = rows.find((found) => found.variant === variant && found.probability === 0.995)!;
    assert.ok(Math.abs(row.exact - (1 + 2 / 1.2)) < 1e-9);
    assert.ok(row.low! < row.exact && row.high! > row.exact, `${variant}: ${row.low} to ${row.high}`);
  }
});

test("at the time step of the report the mean square distance is the exact one, of unequal eigenvalues under one loss", async () => {
  const sgd = {eigenvalues: [1, 0.4, 0.4], ridge: 0.1, stepSize: 0.3, batchSize: 1};
  const timeStep = quick.relativeTimeStep / sgd.stepSize;
  const {end} = await homogenizedDistances(sgd, {chains: 60_000, steps: Math.ceil(60 / timeStep), timeStep}, {ensembles: ensemblesHere, key: context.stream("mean square", 0).ensembleKey()});
  const shares = sgd.eigenvalues.map((value) => (sgd.stepSize * value) / (value + sgd.ridge));
  const loss = 0.5 / (1 - shares.reduce((sum, share, i) => sum + (share * sgd.eigenvalues[i]!) / 2, 0));
  const exact = loss * shares.reduce((sum, share) => sum + share, 0);
  const squares = Float64Array.from(end, (distance) => distance ** 2);
  const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
  const error = Math.sqrt(squares.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / squares.length;
  assert.ok(end.every(Number.isFinite));
  assert.ok(error < 0.01 * exact && Math.abs(mean - exact) < 4 * error, `${mean} ± ${error}, exactly ${exact}`);
});

test("a chain is as long as its slowest motion and its tail need", () => {
  const index = {kind: "power law", index: 2, lyapunovExponent: -0.1} as const;
  assert.equal(chainSteps({index, slowestRate: 1, relaxationTimes: 10, draws: Math.exp(12)}), Math.ceil((10 + 12) / 0.1));
  assert.equal(chainSteps({index, slowestRate: 0.001, relaxationTimes: 10, draws: 1000}), 10_000);
  const isotropic = {eigenvalues: [1, 1, 1], ridge: 0, stepSize: 0.5, batchSize: 1};
  assert.equal(homogenizedLength(isotropic, 10, 1000), Math.ceil((10 + (2 * Math.log(1000)) / 3) / (0.25 * 0.5 * 3)));
});

test("a change of one quadratic, or of one check, is read by its own cells alone", () => {
  const heavier = quick.cells.map((cell) => (cell.name === "isotropic-5d" ? {...cell, stepSize: 0.36} : cell));
  assertCells(homogenizedTailChains, quick, [
    {change: {cells: heavier}, affects: ["isotropic-5d", "isotropic-5d, half time step"]},
    {change: {cells: quick.cells.toReversed()}, affects: []},
    {change: {chains: 200_000, checkChains: 200_000}, affects: []},
    {change: {settledDraws: 200_000}, affects: /./},
    {change: {relaxationTimes: 11}, affects: /./},
    {change: {pearson: {...quick.pearson, chains: 2000}, moments: {...quick.moments, chains: 2000}}, affects: []}
  ]);
  assertCells(stationaryLawTest, quick, [
    {change: {pearson: {...quick.pearson, ridge: 0.3}}, affects: /./},
    {change: {chains: 2000, cells: [], relaxationTimes: 11}, affects: []}
  ]);
  const [first, ...others] = quick.moments.cells;
  assertCells(homogenizedMoments, quick, [
    {change: {moments: {...quick.moments, cells: [{...first!, solution: 2}, ...others]}}, affects: [first!.name]},
    {change: {relaxationTimes: 11}, affects: /./},
    {change: {chains: 2000, cells: []}, affects: []}
  ]);
});

test("hSGD without a stationary law is refused with its Lyapunov exponent", () => {
  assert.throws(() => homogenizedLength({eigenvalues: [1, 1, 1, 1, 1], ridge: 0, stepSize: 0.9, batchSize: 1}, 10, 1000), /^RangeError: chain: expected a process with a tail index, but .*Lyapunov/s);
});

test("spectra that are not positive, of three values, or with names used twice are refused with their place", () => {
  const refuses = (from: string, to: string, message: RegExp) => {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text);
    assert.throws(() => resolveParameters(changed, "file", parameterSections, "quick"), message);
  };
  refuses('"anisotropic-2d", "eigenvalues": [1, 0.5]', '"anisotropic-2d", "eigenvalues": [1, 0]', /quick\.homogenizedTails\.cells\[1\]\.eigenvalues\[1\]/);
  refuses('"anisotropic-2d", "eigenvalues": [1, 0.5]', '"anisotropic-2d", "eigenvalues": [1, 0.5, 0.2]', /cells\[1\]\.eigenvalues: expected at most two distinct eigenvalues/);
  refuses('"name": "anisotropic-2d"', '"name": "ridge-1d"', /quick\.homogenizedTails\.cells: expected cells of different names/);
  refuses('"stepRatios": [0.3, 0.5, 0.7, 0.9]', '"stepRatios": [0.3, 1]', /quick\.streamingTails\.stepRatios\[1\]/);
});
