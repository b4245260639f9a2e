import assert from "node:assert/strict";
import {test} from "node:test";
import {drawInputs, linearRegressionSgd, runEnsemble, squaredDistance} from "../../src/dynamics/index.ts";
import type {LinearRegressionSgd} from "../../src/dynamics/index.ts";
import {createStream} from "../../src/random/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";
import {guarded} from "../support/tensors.ts";

const stream = createStream({seed: 9, experiment: "sgd", cell: "reference", block: 0});
const chunkSteps = 8;

function take(tensor: Tensor): readonly number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

/** θ ← θ − (η/B) Σ_b (θ·x_b − y_b) x_b in float64, written out over the same draws. */
function reference({dimension, batchSize, stepSize, inputs, replicas}: LinearRegressionSgd, steps: number): readonly (readonly number[])[] {
  const weights = Array.from({length: replicas}, () => new Array<number>(dimension).fill(0));
  for (let before = 0, chunk = 0; before < steps; before += chunkSteps, chunk++) {
    const length = Math.min(chunkSteps, steps - before);
    const shape = batchSize === 1 ? [length, replicas] : [length, replicas, batchSize];
    const features = take(drawInputs(inputs, stream, chunk, [...shape, dimension]));
    const labels = take(normals(stream, chunk, [...shape, 1], "labels"));
    for (let step = 0; step < length; step++)
      weights.forEach((own, replica) => {
        const gradient = new Array<number>(dimension).fill(0);
        for (let sample = 0; sample < batchSize; sample++) {
          const index = (step * replicas + replica) * batchSize + sample;
          const x = features.slice(index * dimension, (index + 1) * dimension);
          const residual = x.reduce((sum, coordinate, i) => sum + coordinate * own[i]!, 0) - labels[index]!;
          x.forEach((coordinate, i) => (gradient[i]! += (residual * coordinate) / batchSize));
        }
        gradient.forEach((slope, i) => (own[i]! -= stepSize * slope));
      });
  }
  return weights;
}

const cells = [1, 4].flatMap((batchSize) => [1, 3].map((dimension) => ({batchSize, dimension})));
for (const {batchSize, dimension} of cells) {
  test(`SGD with batch ${batchSize} in ${dimension} dimensions is its formula on the same draws`, guarded(() => {
    for (const inputs of [{kind: "gaussian"}, {kind: "three-point", kurtosis: 2}] as const) {
      const sgd = {dimension, batchSize, stepSize: 0.2, inputs, replicas: 5, stream};
      const [weights] = runEnsemble(linearRegressionSgd(sgd), {steps: 20, chunkSteps});
      assert.deepEqual(weights!.shape, [5, dimension]);
      const found = take(weights!);
      reference(sgd, 20).flat().forEach((expected, i) => assert.ok(Math.abs(found[i]! - expected) < 1e-5, `${found[i]} is not ${expected}`));
      assert.equal(new Set(found).size, found.length);
    }
  }));
}

test("the squared distance is over weights, one a replica", guarded(() => {
  const weights = tf.tensor2d([3, 4, 0, -2], [2, 2]);
  assert.deepEqual(take(tf.tidy(() => squaredDistance([weights]))), [25, 4]);
  weights.dispose();
}));

const secondMoment = (batchSize: number, scale: number): number => {
  const stepSize = 0.3;
  const dynamics = linearRegressionSgd({dimension: 1, batchSize, stepSize: stepSize * scale, inputs: {kind: "gaussian"}, replicas: 20_000, stream});
  const [weights] = runEnsemble(dynamics, {steps: 60, chunkSteps: 10});
  const values = take(weights!);
  return values.reduce((sum, x) => sum + x * x, 0) / values.length;
};

test("at stationarity E θ² is η/(B (2 − η (1 + 2/B))), and not that of another batch or step size", guarded(() => {
  const exact = (batchSize: number) => 0.3 / (batchSize * (2 - 0.3 * (1 + 2 / batchSize)));
  for (const batchSize of [1, 4]) assert.ok(Math.abs(secondMoment(batchSize, 1) / exact(batchSize) - 1) < 0.06);
  assert.ok(Math.abs(secondMoment(4, 1) / exact(1) - 1) > 0.5);
  assert.ok(Math.abs(secondMoment(1, 0.8) / exact(1) - 1) > 0.15);
}));
