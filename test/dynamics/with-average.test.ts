import assert from "node:assert/strict";
import {test} from "node:test";
import {linearSgd, streamingSamples, withAverage} from "../../src/dynamics/index.ts";
import type {AveragedIterates} from "../../src/dynamics/index.ts";
import {add, defineDynamics, ensemblesHere, mul, sub} from "../../src/kernels/index.ts";

const [dimension, replicas, steps] = [3, 20, 41];
const sgd = linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}}), batchSize: 2, start: () => 1});
const request = {parameters: {stepSize: 0.1, labelNoise: 0.5}, key: [3, 8] as const, replicas, steps};

/** The iterates θ₁, θ₂, …, each (replicas × dimension), and what is averaged of one coordinate. */
async function iterates(precision: "float32" | "float64") {
  const {samples, sampleCount} = await ensemblesHere.simulate(sgd, {...request, precision, observe: ({weights}) => ({weights})});
  assert.equal(sampleCount, steps);
  return Array.from({length: steps}, (_, step) => samples.weights!.subarray(step * replicas * dimension, (step + 1) * replicas * dimension));
}

const counts = (which: AveragedIterates, n: number) => which === "whole" || ("tailFrom" in which ? n >= which.tailFrom : n % which.everyKth === 0);

const cases: readonly AveragedIterates[] = ["whole", {tailFrom: 1}, {tailFrom: 30}, {tailFrom: steps}, {everyKth: 1}, {everyKth: 4}, {everyKth: steps}];
for (const which of cases) {
  for (const precision of ["float32", "float64"] as const) {
    test(`the average over ${JSON.stringify(which)} is its recursion bit for bit in ${precision}, and the mean to rounding`, async () => {
      const round = precision === "float32" ? Math.fround : (value: number) => value;
      const path = await iterates(precision);
      const chosen = path.filter((_, i) => counts(which, i + 1));
      const {state} = await ensemblesHere.simulate(withAverage(sgd, {of: "weights", iterates: which}), {...request, precision});
      assert.deepEqual(state.weights, path.at(-1));
      state.weightsAverage!.forEach((found, i) => {
        const recursion = chosen.reduce((mean, iterate, m) => round(mean + round(round(1 / (m + 1)) * round(iterate[i]! - mean))), 0);
        const mean = chosen.reduce((sum, iterate) => sum + iterate[i]!, 0) / chosen.length;
        assert.equal(found, recursion);
        assert.ok(Math.abs(found - mean) < (precision === "float32" ? 1e-6 : 1e-14), `${found} is not ${mean}`);
      });
    });
  }
}

test("an average is 0 until an iterate counts", async () => {
  for (const which of [{tailFrom: steps + 1}, {everyKth: steps + 1}]) {
    const {state} = await ensemblesHere.simulate(withAverage(sgd, {of: "weights", iterates: which}), request);
    assert.ok(state.weightsAverage!.every((value) => value === 0));
  }
});

test("averages add up on one dynamics, each as it is alone, and of averages too", async () => {
  const tail = withAverage(sgd, {of: "weights", iterates: {tailFrom: 10}, as: "tail"});
  const both = withAverage(tail, {of: "weights", iterates: {everyKth: 5}, as: "thinned"});
  const twice = withAverage(both, {of: "tail", iterates: "whole"});
  const {state} = await ensemblesHere.simulate(twice, request);
  const alone = await ensemblesHere.simulate(tail, request);
  const thinned = await ensemblesHere.simulate(withAverage(sgd, {of: "weights", iterates: {everyKth: 5}, as: "thinned"}), request);
  assert.deepEqual([state.weights, state.tail, state.thinned], [alone.state.weights, alone.state.tail, thinned.state.thinned]);
  assert.deepEqual(Object.keys(state).sort(), ["tail", "tailAverage", "thinned", "thinnedCounter", "weights"]);
});

test("scalars of any dynamics are averaged, and are there for observables and passages", async () => {
  const counter = defineDynamics({name: "counter", parameters: {}, state: {n: [], other: []}, step: ({n, other}) => ({n: add(n, 1), other: sub(other, n)})});
  const averaged = withAverage(counter, {of: "n", iterates: "whole", as: "mean"});
  const {samples} = await ensemblesHere.simulate(averaged, {parameters: {}, key: [1, 1], replicas: 1, steps: 4, observe: ({mean}) => ({double: mul(2, mean)})});
  assert.deepEqual([...samples.double!], [2, 3, 4, 5]);
  const {passages} = await ensemblesHere.firstPassages(averaged, {parameters: {}, key: [1, 1], replicas: 1, steps: 100, levels: [10], quantity: ({mean}) => ({mean})});
  assert.deepEqual([...passages], [19]);
});

test("a long float32 average differs from the mean of its iterates by the stated √n/6 units in the last place, within five times", async () => {
  const [long, count] = [100_000, 16];
  const process = defineDynamics({name: "around one", parameters: {}, state: {x: []}, step: ({x}, {normal}) => ({x: add(x, add(mul(0.1, sub(1, x)), mul(0.3, normal())))})});
  const {state, samples} = await ensemblesHere.simulate(withAverage(process, {of: "x", iterates: "whole"}), {parameters: {}, key: [5, 5], replicas: count, steps: long, observe: ({x}) => ({x})});
  const means = new Float64Array(count);
  samples.x!.forEach((value, i) => (means[i % count]! += value / long));
  const squares = Array.from(means, (mean, replica) => (state.xAverage![replica]! - mean) ** 2);
  const error = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / count);
  const stated = (Math.sqrt(long) / 6) * 2 ** -23;
  assert.ok(error > stated / 5 && error < 5 * stated, `${error} against ${stated}`);
});

test("bad averages are named", () => {
  const average = (options: object) => () => withAverage(sgd, options as {readonly of: "weights"; readonly iterates: "whole"});
  assert.throws(average({of: "weight", iterates: "whole"}), {name: "RangeError", message: 'linear SGD: average: of: expected one of weights, found "weight" (string)'});
  assert.throws(average({of: "weights", iterates: {tailFrom: 0}}), {message: "linear SGD: average of weights: tailFrom: expected an integer of at least 1, found 0"});
  assert.throws(average({of: "weights", iterates: {everyKth: 1.5}}), {message: "linear SGD: average of weights: everyKth: expected an integer of at least 1, found 1.5"});
  assert.throws(average({of: "weights", iterates: "half"}), /linear SGD: average of weights: iterates: expected "whole", \{tailFrom\} or \{everyKth\}, found "half" \(string\)/);
  assert.throws(average({of: "weights", iterates: "whole", as: "weights"}), /linear SGD: average of weights: as: expected a name that the state has not/);
});
