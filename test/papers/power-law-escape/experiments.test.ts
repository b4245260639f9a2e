import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import type {Ensembles} from "../../../src/kernels/index.ts";
import {barrierPassageTime, firstPassage, kurtosisControl, logBarrierEscape, parameterSections, passageExponents, passageReferences, passageVerdicts, randomTimeChange, stationaryExponent, summarizeBarriers, summarizePassages} from "../../../src/papers/power-law-escape/index.ts";
import type {Clock, ClockChain} from "../../../src/papers/power-law-escape/index.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {studentCore} from "../../../src/statistics/index.ts";

const reports: (readonly [done: number, total: number])[] = [];
const context = {
  stream: (cell: string, block: number) => createStream({seed: 0, experiment: "experiments", cell, block}),
  ensembles: ensemblesHere,
  progress: (...report: [number, number]) => void reports.push(report)
};

const passage = {stepSize: 0.2, batchSize: 1, dimensions: [1, 3], lossRatios: [1.15, 1.2, 1.25, 1.3], replicas: 3000, maximumSteps: 20_032, gridCells: 200};

test("SGD's first passages agree with its exact chain, and not with that of another step size", async () => {
  const passages = await runExperiment(firstPassage, passage, context);
  assert.equal(passages.length, 2 * 4 * 3000);
  const verdict = async (stepSize: number) => {
    const parameters = {...passage, stepSize};
    const cells = summarizePassages(passages, await runExperiment(passageReferences, parameters, context), parameters);
    return passageVerdicts(cells, await runExperiment(passageExponents, parameters, context, [passages, cells]), parameters)[0]!;
  };
  const right = await verdict(0.2);
  assert.equal(right.outcome, "reproduced", right.explanation);
  assert.ok(["approximate", "not reproduced"].includes((await verdict(0.17)).outcome));
});

test("levels out of order are refused with their place, before any work", () => {
  const file = readFileSync(join(import.meta.dirname, "../../../data/parameters/power-law-escape.jsonc"), "utf8");
  const unordered = file.replace('"lossRatios": [1.25, 1.4,', '"lossRatios": [1.4, 1.25,');
  assert.notEqual(unordered, file);
  assert.throws(() => resolveParameters(unordered, "file", parameterSections, "quick"), /^ParameterError: file:\d+:\d+ quick\.firstPassage\.lossRatios: expected numbers in increasing order, found \[1\.4,1\.25,/);
});

test("a replica passes the levels in order, and a shorter run is the longer one, censored", async () => {
  const small = {...passage, dimensions: [2], lossRatios: [1.1, 1.5, 2.5, 8], replicas: 60, maximumSteps: 640};
  const [long, short] = [await runExperiment(firstPassage, small, context), await runExperiment(firstPassage, {...small, maximumSteps: 64}, context)];
  assert.ok(short.some(({crossed}) => crossed) && short.some(({crossed}) => !crossed));
  short.forEach((found, i) => assert.deepEqual(found, {...long[i]!, steps: Math.min(64, long[i]!.steps), crossed: long[i]!.crossed && long[i]!.steps <= 64}));
  for (let i = 1; i < long.length; i++) assert.ok(long[i]!.replica > long[i - 1]!.replica || long[i]!.steps >= long[i - 1]!.steps);
});

const stationary = {stepSizes: [0.5, 1], batchSizes: [2], inputs: {kind: "gaussian"} as const, chains: 1200, relaxationTimes: 20, gridCells: 100};
const barrier = {temperatures: [0.5], lossRatios: [1.5, 2], replicas: 40, relativeTimeStep: 0.2, longestInMeans: 1};
const clocks = {temperature: 0.5, replicas: 50, relativeTimeStep: 0.1, relaxationTimes: 5, bins: 10};

interface Row {
  readonly replica?: number;
  readonly chain?: number;
}

/** Every experiment on ensembles, with a number of replicas. */
const experiments: readonly (readonly [name: string, run: (replicas: number, ensembles?: Ensembles) => Promise<readonly Row[]>])[] = [
  ["first passage", (replicas, ensembles = ensemblesHere) => runExperiment(firstPassage, {...passage, replicas, maximumSteps: 128}, {...context, ensembles})],
  ["stationary exponent", (replicas, ensembles = ensemblesHere) => runExperiment(stationaryExponent, {...stationary, chains: replicas}, {...context, ensembles})],
  ["kurtosis control", (replicas, ensembles = ensemblesHere) => runExperiment(kurtosisControl, {...stationary, batchSize: 1, kurtoses: [1, 3], chains: replicas}, {...context, ensembles})],
  ["log-barrier escape", (replicas, ensembles = ensemblesHere) => runExperiment(logBarrierEscape, {...barrier, replicas}, {...context, ensembles})],
  ["random time change", (replicas, ensembles = ensemblesHere) => runExperiment(randomTimeChange, {...clocks, replicas}, {...context, ensembles})]
];

for (const [name, run] of experiments) {
  test(`${name}: more replicas leave the first ones as they were, and all differ`, async () => {
    const [few, many] = [await run(300), await run(700)];
    assert.deepEqual(many.filter(({replica, chain}) => (replica ?? chain!) < 300), few);
    assert.equal(many.length, (few.length / 300) * 700);
    const first = JSON.stringify({...few[0]!, replica: 0, chain: 0});
    assert.ok(few.slice(1, 300).some((row) => JSON.stringify({...row, replica: 0, chain: 0}) !== first));
  });

  test(`${name} is a function of its parameters and streams, and tells how far it is`, async () => {
    reports.length = 0;
    const first = await run(600);
    const told = [...reports];
    assert.deepEqual(await run(600), first);
    assert.ok(told.length > 2);
    told.forEach(([done, total], i) => assert.ok(done <= total * (1 + 1e-9) && done >= (told[i - 1]?.[0] ?? 0)));
    assert.ok(told.at(-1)![0] > 0.999 * told.at(-1)![1]);
  });
}

test("chains and cells have numbers of their own", async () => {
  const chains = await runExperiment(stationaryExponent, {...stationary, stepSizes: [0.5, 0.5000001]}, context);
  assert.equal(new Set(chains.map(({position}) => position)).size, chains.length);
});

test("a chain that overflows has no position but the step at which it did, in its own cell alone", async () => {
  const chains = await runExperiment(kurtosisControl, {stepSizes: [0.1, 1.99], batchSize: 1, kurtoses: [1, 2], chains: 50, relaxationTimes: 600, gridCells: 100}, context);
  const diverged = (kurtosis: number, stepSize: number) => chains.filter((chain) => chain.kurtosis === kurtosis && chain.stepSize === stepSize && chain.divergedAt !== null);
  assert.deepEqual([diverged(1, 0.1), diverged(2, 0.1), diverged(1, 1.99), diverged(2, 1.99)].map(({length}) => length), [0, 0, 0, 50]);
  assert.ok(diverged(2, 1.99).every(({divergedAt}) => divergedAt! > 20 && divergedAt! <= Math.ceil(600 / 1.99)));
  assert.ok(chains.every(({position, divergedAt}) => (position === null) === (divergedAt !== null)));
});

/** Ensembles of which every third replica is said to have diverged at step 7. */
const diverging: Ensembles = {
  async simulate(...request) {
    const found = await ensemblesHere.simulate(...request);
    return {...found, divergedAt: found.divergedAt.map((_, i) => (i % 3 === 0 ? 7 : 0))};
  },
  async firstPassages(...request) {
    const found = await ensemblesHere.firstPassages(...request);
    return {...found, passages: found.passages.map((step, i) => (i % found.replicas % 3 === 0 ? 0 : step)), ends: found.ends.map((end, i) => (i % 3 === 0 ? 7 : end)), reasons: found.reasons.map((reason, i) => (i % 3 === 0 ? "diverged" : reason))};
  }
};

test("a replica that diverged gives its step and no value, in every experiment", async () => {
  for (const [name, run] of experiments)
    for (const row of (await run(90, diverging)) as readonly (Row & {readonly divergedAt: number | null; readonly position?: number | null; readonly time?: number | null; readonly crossed?: boolean})[]) {
      const lost = (row.replica ?? row.chain!) % 3 === 0;
      assert.equal(row.divergedAt, lost ? 7 : null, name);
      if (lost) assert.ok((row.position ?? row.time ?? null) === null && row.crossed !== true, name);
      else assert.ok(row.position !== null && row.time !== null, name);
    }
});

test("escapes that are not over at the end are censored with the time that they were watched", async () => {
  const passages = await runExperiment(logBarrierEscape, {temperatures: [0.25], lossRatios: [1.5, 2, 2.5], replicas: 100, relativeTimeStep: 0.1, longestInMeans: 1}, context);
  assert.deepEqual([...new Set(passages.map(({lossRatio, relativeTimeStep}) => `${lossRatio} ${relativeTimeStep}`))], ["1.5 0.1", "2 0.1", "2.5 0.1", "2 0.05"]);
  const crossed = passages.filter((found) => found.crossed);
  const censored = passages.filter((found) => !found.crossed);
  assert.ok(crossed.length > 100 && censored.length > 60);
  const mean = (list: typeof passages) => list.reduce((sum, {time}) => sum + time!, 0) / list.length;
  assert.ok(passages.every(({time}) => time! > 0) && mean(censored) > mean(crossed));
});

test("at a coarse time step escapes still take the exact time: the level is shifted for being watched at steps", async () => {
  const cells = summarizeBarriers(await runExperiment(logBarrierEscape, {temperatures: [0.9], lossRatios: [1.2, 1.4], replicas: 10_000, relativeTimeStep: 0.2, longestInMeans: 20}, context));
  assert.deepEqual(cells.map(({lossRatio, halved}) => [lossRatio, halved]), [[1.2, false], [1.4, false], [1.2, true]]);
  // Five standard errors and 1.5 % for the step; unshifted, the first cell is 23 % late and the halved one 16 %.
  for (const {lossRatio, measured, exact, crossed} of cells) {
    assert.equal(exact, barrierPassageTime(lossRatio, 0.9));
    assert.ok(Math.abs(measured! / exact - 1) < 0.015 + 5 / Math.sqrt(crossed), `c = ${lossRatio}: ${measured! / exact}`);
  }
});

test("both clocks are run with the step and half of it, each from its own numbers", async () => {
  const chains = await runExperiment(randomTimeChange, clocks, context);
  assert.deepEqual([...new Set(chains.map(({clock, relativeTimeStep}) => `${clock} ${relativeTimeStep}`))], ["t 0.1", "t 0.05", "tau 0.1", "tau 0.05"]);
  assert.equal(new Set(chains.map(({position}) => position)).size, chains.length);
});

/** The fitted exponent over the exact one less 1, and its standard error. */
function bias(chains: readonly ClockChain[], clock: Clock, relativeTimeStep: number, exact: number): readonly [bias: number, error: number] {
  const {estimate, standardError} = studentCore(chains.filter((chain) => chain.clock === clock && chain.relativeTimeStep === relativeTimeStep).map(({position}) => position!));
  return [estimate / exact - 1, standardError / exact];
}

test("at the largest time step that parameters may have both clocks have their exact exponents to well below the margin of 3 %", async () => {
  const chains = await runExperiment(randomTimeChange, {temperature: 0.25, replicas: 60_000, relativeTimeStep: 0.1, relaxationTimes: 20, bins: 10}, context);
  for (const step of [0.1, 0.05])
    for (const [clock, exact] of [["t", 5], ["tau", 4]] as const) {
      const [found, error] = bias(chains, clock, step, exact);
      assert.ok(Math.abs(found) < 0.003 + 4 * error && 4 * error < 0.025, `${clock}, step ${step}: ${found} ± ${error}`);
    }
});
