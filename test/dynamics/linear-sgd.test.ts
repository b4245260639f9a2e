import assert from "node:assert/strict";
import {test} from "node:test";
import {linearSgd, streamingSamples, tableSamples} from "../../src/dynamics/index.ts";
import {ensemblesHere, mul, stack} from "../../src/kernels/index.ts";
import type {InputLaw} from "../../src/numerics/index.ts";

/**
 * Statistical comparisons are at 5 standard errors, 6·10⁻⁷ each under a normal
 * law; there are 19 of them, so that another key would fail one with
 * probability below 2·10⁻⁵.
 */
const replicas = 40_000;
const key = [7, 11] as const;

interface Cell {
  readonly inputs: InputLaw;
  readonly batchSize: number;
  readonly ridge: number;
}

const spectrum = [1.5, 0.8, 0.3];
const [stepSize, labelNoise, start] = [0.15, 0.7, [1, -2, 0.5]];

/** E θθᵀ after `steps` steps: M′ = c²M − cη(ΛM + MΛ) + η²((1 − 1/B) ΛMΛ + (1/B) E gg), c = 1 − ηρ. */
function exactSecondMoments({inputs, batchSize, ridge}: Cell, steps: number): readonly number[] {
  const excess = (inputs.kind === "gaussian" ? 3 : inputs.kurtosis) - 3;
  const kept = 1 - stepSize * ridge;
  let moments = start.map((a) => start.map((b) => a * b));
  for (let step = 0; step < steps; step++) {
    const trace = moments.reduce((sum, row, i) => sum + spectrum[i]! * row[i]!, 0);
    moments = moments.map((row, i) =>
      row.map((value, j) => {
        const [a, b] = [spectrum[i]!, spectrum[j]!];
        const gradient = 2 * a * value * b + (i === j ? trace * a + excess * a * a * value + labelNoise ** 2 * a : 0);
        return kept ** 2 * value - kept * stepSize * (a + b) * value + stepSize ** 2 * ((1 - 1 / batchSize) * a * value * b + gradient / batchSize);
      })
    );
  }
  return moments.map((row, i) => row[i]!);
}

async function deviationsFrom(cell: Cell, exact: Cell): Promise<readonly number[]> {
  const sgd = linearSgd({samples: streamingSamples({dimension: 3, inputs: cell.inputs, spectrum: true}), batchSize: cell.batchSize, ridge: true, start: () => stack(start)});
  const {state, divergedAt} = await ensemblesHere.simulate(sgd, {parameters: {stepSize, labelNoise, spectrum, ridge: cell.ridge}, key, replicas, steps: 12});
  assert.ok(divergedAt.every((step) => step === 0));
  return exactSecondMoments(exact, 12).map((expected, i) => {
    const squares = Array.from({length: replicas}, (_, replica) => state.weights![3 * replica + i]! ** 2);
    const mean = squares.reduce((sum, value) => sum + value, 0) / replicas;
    const variance = squares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (replicas - 1);
    return (mean - expected) / Math.sqrt(variance / replicas);
  });
}

const gaussian = {kind: "gaussian"} as const;
const cells: readonly Cell[] = [
  {inputs: gaussian, batchSize: 1, ridge: 0},
  {inputs: gaussian, batchSize: 4, ridge: 0.5},
  {inputs: gaussian, batchSize: 7, ridge: 0},
  {inputs: {kind: "three-point", kurtosis: 1}, batchSize: 1, ridge: 0.5},
  {inputs: {kind: "three-point", kurtosis: 2}, batchSize: 2, ridge: 0},
  {inputs: {kind: "three-point", kurtosis: 5}, batchSize: 4, ridge: 0}
];

for (const cell of cells) {
  test(`second moments of streaming SGD are exact: ${JSON.stringify(cell)}`, async () => {
    const deviations = await deviationsFrom(cell, cell);
    assert.ok(deviations.every((deviation) => Math.abs(deviation) < 5), `standard errors from the exact value: ${deviations.join(", ")}`);
  });
}

test("the exact moments of another batch, ridge or kurtosis are told apart", async () => {
  const cell = {inputs: {kind: "three-point", kurtosis: 2}, batchSize: 2, ridge: 0.2} as const;
  const wrong: readonly Cell[] = [{...cell, batchSize: 3}, {...cell, ridge: 0.1}, {...cell, inputs: {kind: "three-point", kurtosis: 2.5}}];
  for (const exact of wrong) assert.ok((await deviationsFrom(cell, exact)).some((deviation) => Math.abs(deviation) > 6), JSON.stringify(exact));
});

test("on a table of one row SGD is gradient descent with its formula, whatever the batch", async () => {
  const [x, y, ridge, rate] = [[0.5, -1.25, 2], 0.75, 0.3, 0.1];
  const expected = (steps: number) => {
    let weights = [1, 1, 1];
    for (let step = 0; step < steps; step++) {
      const residual = weights.reduce((sum, weight, i) => sum + weight * x[i]!, 0) - y;
      weights = weights.map((weight, i) => weight - rate * residual * x[i]! - rate * ridge * weight);
    }
    return weights;
  };
  for (const batchSize of [1, 2, 5]) {
    for (const replacement of ["with", "without"] as const) {
      const sgd = linearSgd({samples: tableSamples({dimension: 3, replacement}), batchSize, ridge: true, start: () => 1});
      const {state} = await ensemblesHere.simulate(sgd, {parameters: {stepSize: rate, ridge}, tables: {samples: {rows: 1, values: Float64Array.of(...x, y)}}, key, replicas: 1, steps: 9, precision: "float64"});
      expected(9).forEach((weight, i) => assert.ok(Math.abs(state.weights![i]! - weight) < 1e-14, `${state.weights![i]} is not ${weight}`));
    }
  }
});

/** Rows e_i with label 1: a visit takes weight i a part η/B of the way to 1, so that weights count visits. */
const rows = 6;
const unitRows = {rows, values: Float64Array.from({length: rows * (rows + 1)}, (_, i) => (i % (rows + 1) === rows || i % (rows + 1) === Math.floor(i / (rows + 1)) ? 1 : 0))};

async function visits(replacement: "with" | "without", steps: number, batchSize = 1): Promise<readonly (readonly number[])[]> {
  const count = 500;
  const sgd = linearSgd({samples: tableSamples({dimension: rows, replacement}), batchSize});
  const {state} = await ensemblesHere.simulate(sgd, {parameters: {stepSize: batchSize * 2 ** -20}, tables: {samples: unitRows}, key, replicas: count, steps, precision: "float64"});
  return Array.from({length: count}, (_, replica) => Array.from({length: rows}, (_, i) => Math.round(state.weights![replica * rows + i]! * 2 ** 20)));
}

test("a pass without replacement visits every row once, by single samples and by batches", async () => {
  const once = Array.from({length: rows}, () => 1);
  for (const [steps, batchSize] of [[6, 1], [3, 2], [2, 3], [1, 6]] as const) assert.ok((await visits("without", steps, batchSize)).every((counts) => counts.join() === once.join()));
  assert.ok((await visits("without", 18)).every((counts) => counts.every((count) => count === 3)));
  const half = await visits("without", 3);
  assert.ok(half.every((counts) => counts.filter((count) => count === 1).length === 3));
  assert.ok(new Set(half.map((counts) => counts.join())).size === 20, "every half of the rows is met in 500 replicas");
});

test("with replacement a pass misses rows: all six are met with probability 6!/6⁶", async () => {
  const met = (await visits("with", 6)).filter((counts) => counts.every((count) => count === 1)).length;
  const probability = 720 / 6 ** 6;
  assert.ok(Math.abs(met - 500 * probability) < 5 * Math.sqrt(500 * probability * (1 - probability)));
});

test("bad options are named", async () => {
  const samples = streamingSamples({dimension: 2, inputs: gaussian});
  assert.throws(() => linearSgd({samples, batchSize: 0}), {name: "RangeError", message: "linear SGD: batchSize: expected an integer of at least 1, found 0"});
  assert.throws(() => linearSgd({samples: streamingSamples({dimension: 0, inputs: gaussian}), name: "mine"}), {message: "mine: dimension: expected an integer of at least 1, found 0"});
  assert.throws(() => streamingSamples({dimension: 2, inputs: {kind: "three-point", kurtosis: 0.5}}), /inputs\.kurtosis: expected a finite number of at least 1, found 0\.5/);
  assert.throws(() => tableSamples({dimension: 2, replacement: "maybe" as "with"}), {message: 'replacement: expected "with" or "without", found "maybe"'});
  assert.throws(() => linearSgd({samples, start: () => stack([1, 2, 3])}), /linear SGD: start: weights: expected the shape \[2\], found \[3\]/);
  const unbound = {parameters: {stepSize: 0.1}, key, replicas: 1, steps: 1} as unknown as Parameters<typeof ensemblesHere.simulate>[1];
  await assert.rejects(ensemblesHere.simulate(linearSgd({samples}) as never, unbound), /linear SGD: parameter labelNoise: expected a number, found nothing/);
});

test("a start may read the parameters", async () => {
  const sgd = linearSgd({samples: streamingSamples({dimension: 2, inputs: gaussian}), start: ({parameters: {labelNoise: noise}}) => mul(2, noise)});
  const {state} = await ensemblesHere.simulate(sgd, {parameters: {stepSize: 0.1, labelNoise: 3}, key, replicas: 1, steps: 0});
  assert.deepEqual([...state.weights!], [6, 6]);
});
