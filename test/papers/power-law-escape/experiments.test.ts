import assert from "node:assert/strict";
import {test} from "node:test";
import {firstPassage, kurtosisControl, logBarrierEscape, passageVerdicts, randomTimeChange, stationaryExponent, summarizePassages} from "../../../src/papers/power-law-escape/index.ts";
import {createStream} from "../../../src/random/index.ts";
import {guarded} from "../../support/tensors.ts";

const reports: (readonly [done: number, total: number])[] = [];
const context = {
  stream: (cell: string, block: number) => createStream({seed: 0, experiment: "experiments", cell, block}),
  progress: (...report: [number, number]) => void reports.push(report)
};

function progressOf<T>(run: () => T): {readonly result: T; readonly reports: readonly (readonly [number, number])[]} {
  reports.length = 0;
  const result = run();
  return {result, reports: [...reports]};
}

const passage = {stepSize: 0.2, batchSize: 1, dimensions: [1, 3], lossRatios: [1.15, 1.2, 1.25, 1.3], replicas: 800, maximumSteps: 20_032, gridCells: 200};

test("SGD's first passages agree with its exact chain, and not with that of another step size", guarded(() => {
  const passages = firstPassage(passage, context);
  assert.equal(passages.length, 2 * 4 * 800);
  const verdict = (stepSize: number) => {
    const parameters = {...passage, stepSize};
    return passageVerdicts(passages, summarizePassages(passages, parameters), parameters, (purpose) => context.stream("verdicts", 0).generator(purpose))[0]!;
  };
  const right = verdict(0.2);
  assert.ok(right.outcome === "reproduced" || right.outcome === "inconclusive", right.explanation);
  assert.ok(Math.abs(right.discrepancy!) < 0.05, right.explanation);
  assert.ok(["approximate", "not reproduced"].includes(verdict(0.17).outcome));
}));

test("a replica passes the levels in order, and a shorter run is the longer one, censored", guarded(() => {
  const small = {...passage, dimensions: [2], lossRatios: [1.1, 1.5, 2.5, 8], replicas: 60, maximumSteps: 640};
  const [long, short] = [firstPassage(small, context), firstPassage({...small, maximumSteps: 64}, context)];
  assert.ok(short.some(({crossed}) => crossed) && short.some(({crossed}) => !crossed));
  short.forEach((found, i) => assert.deepEqual(found, {...long[i]!, steps: Math.min(64, long[i]!.steps), crossed: long[i]!.crossed && long[i]!.steps <= 64}));
  for (let i = 60; i < long.length; i++) assert.ok(long[i]!.steps >= long[i - 60]!.steps);
}));

const stationary = {stepSizes: [0.5, 1], batchSizes: [2], inputs: {kind: "gaussian"} as const, chains: 1200, relaxationTimes: 20, gridCells: 100};

test("more chains leave the whole blocks of the others as they were", guarded(() => {
  const positions = (chains: number) => stationaryExponent({...stationary, chains}, context).filter(({stepSize, chain}) => stepSize === 1 && chain < 1000);
  const few = positions(1000);
  assert.equal(new Set(few.map(({position}) => position)).size, 1000);
  assert.deepEqual(positions(1200), few);
}));

test("a chain that overflows has no position, in its own cell alone", guarded(() => {
  const chains = kurtosisControl({stepSizes: [0.1, 1.99], batchSize: 1, kurtoses: [1, 2], chains: 50, relaxationTimes: 600, gridCells: 100}, context);
  const diverged = (kurtosis: number, stepSize: number) => chains.filter((chain) => chain.kurtosis === kurtosis && chain.stepSize === stepSize && chain.position === null).length;
  assert.deepEqual([diverged(1, 0.1), diverged(2, 0.1), diverged(1, 1.99), diverged(2, 1.99)], [0, 0, 0, 50]);
}, {allowNaN: true}));

test("escapes that are not over at the end are censored with the time that they were watched", guarded(() => {
  const passages = logBarrierEscape({temperatures: [0.25], lossRatios: [1.5, 2, 2.5], replicas: 100, relativeTimeStep: 0.1, longestInMeans: 1}, context);
  assert.deepEqual([...new Set(passages.map(({lossRatio, relativeTimeStep}) => `${lossRatio} ${relativeTimeStep}`))], ["1.5 0.1", "2 0.1", "2.5 0.1", "2 0.05"]);
  const crossed = passages.filter((found) => found.crossed);
  const censored = passages.filter((found) => !found.crossed);
  assert.ok(crossed.length > 100 && censored.length > 60);
  const mean = (list: typeof passages) => list.reduce((sum, {time}) => sum + time, 0) / list.length;
  assert.ok(passages.every(({time}) => time > 0) && mean(censored) > mean(crossed));
}));

test("both clocks are run with the step and half of it, each from its own numbers", guarded(() => {
  const chains = randomTimeChange({temperature: 0.5, replicas: 50, relativeTimeStep: 0.1, relaxationTimes: 5, bins: 10}, context);
  assert.deepEqual([...new Set(chains.map(({clock, relativeTimeStep}) => `${clock} ${relativeTimeStep}`))], ["t 0.1", "t 0.05", "tau 0.1", "tau 0.05"]);
  assert.equal(new Set(chains.map(({position}) => position)).size, chains.length);
}));

const experiments: readonly (readonly [name: string, run: () => readonly unknown[]])[] = [
  ["first passage", () => firstPassage({...passage, replicas: 40, maximumSteps: 128}, context)],
  ["stationary exponent", () => stationaryExponent({...stationary, chains: 40}, context)],
  ["log-barrier escape", () => logBarrierEscape({temperatures: [0.5], lossRatios: [1.5, 2], replicas: 40, relativeTimeStep: 0.2, longestInMeans: 1}, context)],
  ["random time change", () => randomTimeChange({temperature: 0.5, replicas: 40, relativeTimeStep: 0.1, relaxationTimes: 5, bins: 10}, context)]
];

for (const [name, run] of experiments) {
  test(`${name} is a function of its parameters and stream, and tells how far it is`, guarded(() => {
    const first = progressOf(run);
    assert.deepEqual(run(), first.result);
    assert.ok(first.reports.length > 0);
    first.reports.forEach(([done, total], i) => assert.ok(done <= total * (1 + 1e-9) && done >= (first.reports[i - 1]?.[0] ?? 0)));
  }));
}
