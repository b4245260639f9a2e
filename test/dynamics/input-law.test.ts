import assert from "node:assert/strict";
import {test} from "node:test";
import {drawInputs, inputKurtosis} from "../../src/dynamics/index.ts";
import type {InputLaw} from "../../src/numerics/index.ts";
import {createStream} from "../../src/random/index.ts";
import {guarded} from "../support/tensors.ts";

const count = 400_000;
const stream = createStream({seed: 3, experiment: "inputs", cell: "moments", block: 0});

function draw(inputs: InputLaw): readonly number[] {
  const tensor = drawInputs(inputs, stream, 0, [count]);
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

const mean = (values: readonly number[], power: number): number => values.reduce((sum, x) => sum + x ** power, 0) / values.length;
const laws: readonly (readonly [name: string, inputs: InputLaw, fourth: number, eighth: number])[] = [
  ["gaussian", {kind: "gaussian"}, 3, 105],
  ...[1, 2, 3, 7.5].map((kurtosis) => [`three-point, kurtosis ${kurtosis}`, {kind: "three-point", kurtosis}, kurtosis, kurtosis ** 3] as const)
];

for (const [name, inputs, fourth, eighth] of laws) {
  test(`${name} inputs have mean 0, variance 1 and their kurtosis, to five standard errors`, guarded(() => {
    const values = draw(inputs);
    const within = (found: number, expected: number, variance: number) => assert.ok(Math.abs(found - expected) <= 5 * Math.sqrt(variance / count) + 1e-6, `${found} is not ${expected}`);
    within(mean(values, 1), 0, 1);
    within(mean(values, 2), 1, fourth - 1);
    within(mean(values, 3), 0, eighth);
    within(mean(values, 4), fourth, eighth - fourth ** 2);
    assert.equal(inputKurtosis(inputs), fourth);
  }));
}

test("three-point inputs take three values, two of them at kurtosis 1", guarded(() => {
  const distinct = (kurtosis: number) => [...new Set(draw({kind: "three-point", kurtosis}))].sort((a, b) => a - b);
  assert.deepEqual(distinct(1), [-1, 1]);
  assert.deepEqual(distinct(4), [-2, 0, 2]);
  assert.deepEqual(distinct(2), [-Math.fround(Math.SQRT2), 0, Math.fround(Math.SQRT2)]);
}));

test("a step's inputs are a function of stream and step alone", guarded(() => {
  const first = drawInputs({kind: "gaussian"}, stream, 7, [2, 3]);
  const again = drawInputs({kind: "gaussian"}, stream, 7, [2, 3]);
  const next = drawInputs({kind: "gaussian"}, stream, 8, [2, 3]);
  assert.deepEqual(first.dataSync(), again.dataSync());
  assert.notDeepEqual(first.dataSync(), next.dataSync());
  for (const tensor of [first, again, next]) tensor.dispose();
}));
