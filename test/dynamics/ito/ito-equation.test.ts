import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyama, itoEquation, milstein, stochasticHeun, weakSecondOrder} from "../../../src/dynamics/index.ts";
import {add, dot, element, ensemblesHere, mul, neg, reciprocal, sqrt, square, stack} from "../../../src/kernels/index.ts";
import type {Real} from "../../../src/kernels/index.ts";

/**
 * Statistical comparisons are at 5 standard errors, 6·10⁻⁷ each under a normal
 * law; there are 11 of them, so that another key would fail one with
 * probability below 10⁻⁵.
 */
const key = [31, 17] as const;
const schemes = {eulerMaruyama, milstein, weakSecondOrder};

/** How many standard errors the mean of f over a variable's numbers lies above a value. */
function deviation(values: ArrayLike<number>, f: (value: number) => number, expected: number): number {
  const mapped = Array.from(values, f);
  const mean = mapped.reduce((sum, value) => sum + value, 0) / mapped.length;
  const variance = mapped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (mapped.length - 1);
  return (mean - expected) / Math.sqrt(variance / mapped.length);
}

const temperature = 0.6;
const logLoss = itoEquation({
  name: "log-loss dynamics",
  parameters: {temperature: []},
  state: {x: []},
  drift: ({x}) => ({x: neg(x)}),
  diffusion: {kind: "diagonal", coefficient: ({x}, {parameters}) => ({x: sqrt(mul(parameters.temperature, add(1, square(x))))})}
});

test("a diffusion that is no polynomial: the second moment is exact within noise at weak order 2 where Euler–Maruyama is off", async () => {
  const [timeStep, end] = [0.125, 2];
  const rate = 2 - temperature;
  const exact = (temperature / rate) * (1 - Math.exp(-rate * end));
  const off = async (scheme: (equation: typeof logLoss) => ReturnType<typeof eulerMaruyama<{readonly temperature: readonly []}, {readonly x: readonly []}>>) => {
    const {state} = await ensemblesHere.simulate(scheme(logLoss), {parameters: {temperature, timeStep}, key, replicas: 100_000, steps: end / timeStep});
    return deviation(state.x!, (x) => x * x, exact);
  };
  assert.ok(Math.abs(await off(weakSecondOrder)) < 5);
  assert.ok(Math.abs(await off(eulerMaruyama)) > 5);
});

test("a constant matrix: the covariance is that of the scheme's own recursion", async () => {
  const decay = [0.5, 1.5];
  const matrix: readonly (readonly number[])[] = [[0.6, 0.2, 0], [-0.3, 0.1, 0.4]];
  const equation = itoEquation({
    name: "two coupled noises",
    parameters: {matrix: [2, 3]},
    state: {x: [2]},
    drift: ({x}) => ({x: mul(stack(decay.map((rate) => -rate)), x)}),
    diffusion: {kind: "constant", matrices: (parameters) => ({x: parameters.matrix})}
  });
  const [timeStep, steps, replicas] = [0.25, 10, 40_000];
  const product = (i: number, j: number) => matrix[i]!.reduce((sum, value, k) => sum + value * matrix[j]![k]!, 0);
  const recursion = (i: number, j: number, factor: (rate: number) => number, kick: (rate: number) => number) => {
    let covariance = 0;
    for (let step = 0; step < steps; step++) covariance = factor(decay[i]!) * factor(decay[j]!) * covariance + timeStep * kick(decay[i]!) * kick(decay[j]!) * product(i, j);
    return covariance;
  };
  const euler = {factor: (rate: number) => 1 - rate * timeStep, kick: () => 1};
  const heun = {factor: (rate: number) => 1 - rate * timeStep + (rate * timeStep) ** 2 / 2, kick: (rate: number) => 1 - (rate * timeStep) / 2};
  for (const [scheme, {factor, kick}] of [[eulerMaruyama, euler], [stochasticHeun, heun]] as const) {
    const {state} = await ensemblesHere.simulate(scheme(equation), {parameters: {matrix: matrix.flat(), timeStep}, key, replicas, steps});
    for (const [i, j] of [[0, 0], [0, 1], [1, 1]] as const) {
      const products = Array.from({length: replicas}, (_, r) => state.x![2 * r + i]! * state.x![2 * r + j]!);
      assert.ok(Math.abs(deviation(products, (value) => value, recursion(i, j, factor, kick))) < 5);
    }
  }
  const same = await Promise.all([stochasticHeun, weakSecondOrder].map((scheme) => ensemblesHere.simulate(scheme(equation), {parameters: {matrix: matrix.flat(), timeStep}, key, replicas: 10, steps})));
  assert.deepEqual(same[0]!.state, same[1]!.state);
});

test("variables without noise are carried along: a clock is the integral of its drift over the path", async () => {
  const equation = itoEquation({
    name: "with a clock",
    parameters: {},
    state: {x: [2], clock: []},
    start: () => ({x: 1}),
    drift: ({x}) => ({x: neg(x), clock: reciprocal(add(1, dot(x, x)))}),
    diffusion: {kind: "diagonal", coefficient: () => ({x: 0.5})}
  });
  const {state, samples} = await ensemblesHere.simulate(eulerMaruyama(equation), {parameters: {timeStep: 0.125}, key, replicas: 3, steps: 8, precision: "float64", observe: ({x}) => ({x})});
  for (let r = 0; r < 3; r++) {
    let clock = 0.125 / 3;
    for (let step = 0; step < 7; step++) clock += 0.125 / (1 + samples.x![(step * 3 + r) * 2]! ** 2 + samples.x![(step * 3 + r) * 2 + 1]! ** 2);
    assert.ok(Math.abs(state.clock![r]! - clock) < 1e-14);
  }
  const heun = await ensemblesHere.simulate(stochasticHeun(equation), {parameters: {timeStep: 0.125}, key, replicas: 3, steps: 8, precision: "float64"});
  const weak = await ensemblesHere.simulate(weakSecondOrder(equation), {parameters: {timeStep: 0.125}, key, replicas: 3, steps: 8, precision: "float64"});
  for (const name of ["x", "clock"]) heun.state[name]!.forEach((value, i) => assert.ok(Math.abs(value - weak.state[name]![i]!) < 1e-14));
});

test("one scalar noise moves all coordinates together, diagonal noise each on its own", async () => {
  const equation = (kind: "scalar" | "diagonal") => itoEquation({name: "noise alone", parameters: {}, state: {x: [2], y: []}, drift: () => ({x: 0, y: 0}), diffusion: {kind, coefficient: () => ({x: 1, y: 2})}});
  const run = async (kind: "scalar" | "diagonal") => (await ensemblesHere.simulate(eulerMaruyama(equation(kind)), {parameters: {timeStep: 0.25}, key, replicas: 20_000, steps: 1})).state;
  const scalar = await run("scalar");
  scalar.y!.forEach((y, r) => assert.ok(scalar.x![2 * r] === scalar.x![2 * r + 1] && y === 2 * scalar.x![2 * r]!));
  assert.ok(Math.abs(deviation(scalar.x!.filter((_, i) => i % 2 === 0), (x) => x * x, 0.25)) < 5);
  const diagonal = await run("diagonal");
  assert.ok(Math.abs(deviation(Array.from(diagonal.y!, (y, r) => y * diagonal.x![2 * r]!), (value) => value, 0)) < 5);
  assert.ok(Math.abs(deviation(Array.from(diagonal.y!, (_, r) => diagonal.x![2 * r + 1]! * diagonal.x![2 * r]!), (value) => value, 0)) < 5);
});

test("schemes of one key follow the same normals: they agree closer the smaller the step", async () => {
  const run = async (scheme: typeof eulerMaruyama, timeStep: number) => (await ensemblesHere.simulate(scheme(logLoss), {parameters: {temperature, timeStep}, key, replicas: 200, steps: 16, precision: "float64"})).state.x!;
  const distance = async (timeStep: number) => {
    const [first, second] = [await run(milstein, timeStep), await run(weakSecondOrder, timeStep)];
    return Math.max(...Array.from(first, (value, i) => Math.abs(value - second[i]!))) / Math.max(...Array.from(first, Math.abs));
  };
  assert.ok((await distance(1e-4)) < 1e-3 && (await distance(1e-2)) > 1e-3);
});

const planar = (coefficient: (state: {readonly x: Real; readonly y: Real}) => object) =>
  itoEquation({name: "bad", parameters: {}, state: {x: [2], y: []}, drift: () => ({x: 0, y: 0}), diffusion: {kind: "diagonal", coefficient: coefficient as () => {readonly x: number}}});

test("diagonal noise that mixes coordinates is refused where σ is differentiated, and run where it is not", () => {
  for (const scheme of [milstein, weakSecondOrder]) {
    const message = /^bad: diffusion: x: expected a diagonal coefficient whose coordinates depend on their own coordinate of x only, found one that mixes them; give it as columns of kind "general"$/;
    for (const mixed of [({x}: {readonly x: Real}) => ({x: sqrt(dot(x, x))}), ({y}: {readonly y: Real}) => ({x: y}), ({x}: {readonly x: Real}) => ({x: element(x, 0)})]) assert.throws(() => scheme(planar(mixed)), {name: "RangeError", message});
    assert.ok(scheme(planar(({x, y}) => ({x: square(x), y: sqrt(y)}))));
  }
  assert.ok(eulerMaruyama(planar(({x}) => ({x: sqrt(dot(x, x))}))));
});

test("the stochastic Heun scheme refuses noise that is not additive", () => {
  assert.throws(() => stochasticHeun(planar(({x}) => ({x}))), {message: "bad: diffusion: x: expected additive noise, found a coefficient that depends on the state"});
  const heated = itoEquation({name: "heated", parameters: {}, state: {x: []}, drift: ({x}) => ({x: neg(x)}), diffusion: {kind: "scalar", coefficient: (_, {time}) => ({x: time})}});
  assert.throws(() => stochasticHeun(heated), {message: "heated: diffusion: x: expected additive noise, found a coefficient that depends on time"});
});

test("mistakes in an equation are named with it", () => {
  for (const scheme of Object.values(schemes)) {
    assert.throws(() => scheme(planar(() => ({z: 1}))), {name: "ReferenceError", message: "bad: diffusion: expected only x, y, found z"});
    assert.throws(() => scheme(planar(() => ({y: stack([1, 2])}))), {name: "RangeError", message: "bad: diffusion: y: expected the shape [], found [2]"});
    assert.throws(() => scheme(itoEquation({...planar(() => ({})), drift: (() => ({x: 0})) as never})), {name: "ReferenceError", message: "bad: drift: expected a value for y, found nothing"});
    assert.throws(() => scheme(itoEquation({...planar(() => ({})), parameters: {timeStep: []}})), {name: "RangeError", message: "bad: parameter timeStep: expected to be left to the scheme, found it in the equation"});
    assert.throws(() => scheme(itoEquation({...planar(() => ({})), diffusion: {kind: "coloured"} as never})), {name: "RangeError", message: 'bad: diffusion: kind: expected "diagonal", "scalar", "general" or "constant", found "coloured"'});
    assert.throws(() => scheme(itoEquation({...planar(() => ({})), diffusion: {kind: "general", columns: () => []}})), {name: "RangeError", message: "bad: diffusion: expected at least one column, found none"});
  }
  const columns = itoEquation({...planar(() => ({})), diffusion: {kind: "general", columns: () => [{x: 1}]}});
  assert.throws(() => milstein(columns, {derivativeAlongNoise: () => ({x: 0})}), {message: "bad: derivativeAlongNoise: expected diagonal or scalar noise, found general"});
});
