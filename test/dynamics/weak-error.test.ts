import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyamaStep, runEnsemble, stochasticHeunStep} from "../../src/dynamics/index.ts";
import type {Dynamics} from "../../src/dynamics/index.ts";
import {createStream} from "../../src/random/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";
import {guarded} from "../support/tensors.ts";

const replicas = 100_000;
const end = 1;

interface Moments {
  readonly mean: number;
  readonly meanSquare: number;
  /** Five standard errors of each. */
  readonly margin: {readonly mean: number; readonly meanSquare: number};
}

type Step = (position: Tensor, noise: Tensor, timeStep: number) => Tensor;

function momentsAt(step: Step, timeStep: number, start: number): Moments {
  const stream = createStream({seed: 4, experiment: "weak error", cell: String(timeStep), block: 0});
  const dynamics: Dynamics = {
    initial: () => [tf.fill([replicas], start)],
    draw: (chunk, steps) => [normals(stream, chunk, [steps, replicas])],
    step: ([x], [noise]) => [step(x!, noise!, timeStep)]
  };
  const [position] = runEnsemble(dynamics, {steps: Math.round(end / timeStep), chunkSteps: 8});
  const values = Array.from(position!.dataSync());
  position!.dispose();
  const mean = (power: number) => values.reduce((sum, x) => sum + x ** power, 0) / replicas;
  const margin = (power: number) => 5 * Math.sqrt((mean(2 * power) - mean(power) ** 2) / replicas);
  return {mean: mean(1), meanSquare: mean(2), margin: {mean: margin(1), meanSquare: margin(2)}};
}

/** The exact second moment of dX = −X dt + √2 dW at time 1 from 1, and that of Heun's recursion with step Δ. */
const ornstein = {mean: Math.exp(-1), meanSquare: 1};
function heunRecursion(timeStep: number): {readonly mean: number; readonly meanSquare: number} {
  const contraction = 1 - timeStep + timeStep ** 2 / 2;
  const kick = 2 * timeStep * (1 - timeStep / 2) ** 2;
  let [mean, meanSquare] = [1, 1];
  for (let i = 0; i < Math.round(end / timeStep); i++) [mean, meanSquare] = [contraction * mean, contraction ** 2 * meanSquare + kick];
  return {mean, meanSquare};
}

const heun: Step = (x, noise, timeStep) => stochasticHeunStep(x, (at) => tf.mul(at, -timeStep), tf.mul(noise, Math.sqrt(2 * timeStep)));
const near = (found: Moments, expected: {readonly mean: number; readonly meanSquare: number}): boolean =>
  Math.abs(found.mean - expected.mean) <= found.margin.mean && Math.abs(found.meanSquare - expected.meanSquare) <= found.margin.meanSquare;

test("the stochastic Heun step gives the moments of its recursion on an Ornstein–Uhlenbeck process", guarded(() => {
  for (const timeStep of [0.5, 0.25, 0.125]) assert.ok(near(momentsAt(heun, timeStep, 1), heunRecursion(timeStep)));
}));

test("its weak error falls with the square of the step, to the exact law within noise at a small one", guarded(() => {
  const error = (timeStep: number) => Math.abs(heunRecursion(timeStep).mean - ornstein.mean);
  const order = Math.log2(error(1 / 32) / error(1 / 64));
  assert.ok(Math.abs(order - 2) < 0.1, `order ${order}`);
  assert.ok(near(momentsAt(heun, 1 / 32, 1), ornstein));
}));

const wrongHeuns: readonly (readonly [name: string, step: Step, timeStep: number])[] = [
  ["without the square root of the step", (x, noise, timeStep) => stochasticHeunStep(x, (at) => tf.mul(at, -timeStep), tf.mul(noise, Math.SQRT2 * timeStep)), 1 / 32],
  ["without its corrector", (x, noise, timeStep) => tf.add(tf.add(x, tf.mul(x, -timeStep)), tf.mul(noise, Math.sqrt(2 * timeStep))), 1 / 8],
  ["with the noise left out of its predictor", (x, noise, timeStep) => tf.add(tf.mul(x, 1 - timeStep + timeStep ** 2 / 2), tf.mul(noise, Math.sqrt(2 * timeStep))), 1 / 8],
  ["with its noise doubled", (x, noise, timeStep) => stochasticHeunStep(x, (at) => tf.mul(at, -timeStep), tf.mul(noise, 2 * Math.sqrt(timeStep))), 1 / 32]
];

for (const [name, step, timeStep] of wrongHeuns) {
  test(`a Heun step ${name} is told from the right one`, guarded(() => {
    assert.ok(near(momentsAt(heun, timeStep, 1), heunRecursion(timeStep)));
    assert.ok(!near(momentsAt(step, timeStep, 1), heunRecursion(timeStep)));
  }));
}

/** dX = −X dt + ½ X dW from 1: E X = e^−t, E X² = e^(−2 + ¼)t; Euler's own moments at step Δ. */
const volatility = 0.5;
function eulerRecursion(timeStep: number): {readonly mean: number; readonly meanSquare: number} {
  const steps = Math.round(end / timeStep);
  return {mean: (1 - timeStep) ** steps, meanSquare: ((1 - timeStep) ** 2 + volatility ** 2 * timeStep) ** steps};
}
const geometric = {mean: Math.exp(-1), meanSquare: Math.exp(-2 + volatility ** 2)};
const euler: Step = (x, noise, timeStep) => eulerMaruyamaStep(x, (at) => tf.mul(at, -timeStep), (at) => tf.mul(at, volatility * Math.sqrt(timeStep)), noise);

test("the Euler–Maruyama step gives the moments of its recursion under multiplicative noise", guarded(() => {
  for (const timeStep of [0.5, 0.125, 1 / 32]) assert.ok(near(momentsAt(euler, timeStep, 1), eulerRecursion(timeStep)));
  const error = (timeStep: number) => Math.abs(eulerRecursion(timeStep).meanSquare - geometric.meanSquare);
  assert.ok(Math.abs(Math.log2(error(1 / 64) / error(1 / 128)) - 1) < 0.05);
}));

const wrongEulers: readonly (readonly [name: string, step: Step])[] = [
  ["without the square root of the step", (x, noise, timeStep) => eulerMaruyamaStep(x, (at) => tf.mul(at, -timeStep), (at) => tf.mul(at, volatility * timeStep), noise)],
  ["in the sense of Stratonovich", (x, noise, timeStep) => eulerMaruyamaStep(x, (at) => tf.mul(at, -timeStep * (1 - volatility ** 2 / 2)), (at) => tf.mul(at, volatility * Math.sqrt(timeStep)), noise)],
  ["with its noise frozen at the start", (x, noise, timeStep) => eulerMaruyamaStep(x, (at) => tf.mul(at, -timeStep), () => tf.scalar(volatility * Math.sqrt(timeStep)), noise)]
];

for (const [name, step] of wrongEulers) {
  test(`an Euler–Maruyama step ${name} is told from the right one`, guarded(() => {
    assert.ok(!near(momentsAt(step, 1 / 32, 1), eulerRecursion(1 / 32)));
  }));
}
