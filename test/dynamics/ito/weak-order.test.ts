import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyama, itoEquation, milstein, stochasticHeun, weakSecondOrder} from "../../../src/dynamics/index.ts";
import type {SchemeDynamics} from "../../../src/dynamics/index.ts";
import {add, defineDynamics, div, element, ensemblesHere, maximum, mul, sqrt, square, stack, sub} from "../../../src/kernels/index.ts";
import type {Real} from "../../../src/kernels/index.ts";
import {linearRegression} from "../../../src/statistics/index.ts";
import {hermiteNodes, stepWith, weighted} from "./step-with.ts";

/**
 * Weak orders without sampling error: for a linear equation a step's first two
 * moments are polynomials in the normals, of degree 4 at most, and in the first
 * two moments before it, so that three Hermite nodes a normal and two points
 * for X give them exactly.
 */
const stepCounts = [16, 32, 64, 128];

/** Slope of log error over log Δ with its 95 % interval. */
function orderOf(errors: readonly number[]) {
  const {slope, slopeInterval} = linearRegression({x: stepCounts.map((count) => -Math.log(count)), y: errors.map((error) => Math.log(Math.abs(error)))});
  return {slope, ...slopeInterval};
}

type Scalar = SchemeDynamics<Record<never, never>, {readonly x: readonly []}>;
type Moments = Readonly<Record<string, number>>;

async function run(dynamics: Parameters<typeof ensemblesHere.simulate>[0], steps: number): Promise<Moments> {
  const {state} = await ensemblesHere.simulate(dynamics, {parameters: {timeStep: 1 / steps}, key: [1, 1], replicas: 1, steps, precision: "float64"});
  return Object.fromEntries(Object.entries(state).map(([key, values]) => [key, values[0]!]));
}

/** E X and E X² at time 1 from X = 1, after `steps` steps. */
const scalarMoments = (scheme: Scalar, steps: number): Promise<Moments> =>
  run(
    defineDynamics({
      name: "moments",
      parameters: {timeStep: []},
      state: {mean: [], meanSquare: []},
      start: () => ({mean: 1, meanSquare: 1}),
      step: ({mean, meanSquare}, context) => {
        const deviation = sqrt(maximum(0, sub(meanSquare, square(mean))));
        const {timeStep} = context.parameters;
        const after = [add(mean, deviation), sub(mean, deviation)].flatMap((x) => hermiteNodes.map(([xi, weight]) => [weight / 2, stepWith(scheme, {x}, context, {timeStep, normals: [xi]}).x!] as const));
        return {mean: weighted(after), meanSquare: weighted(after.map(([weight, x]) => [weight, square(x)]))};
      }
    }) as unknown as Parameters<typeof ensemblesHere.simulate>[0],
    steps
  );

async function scalarOrders(scheme: Scalar, exact: {readonly mean: number; readonly meanSquare: number}) {
  const found = await Promise.all(stepCounts.map((steps) => scalarMoments(scheme, steps)));
  return {mean: orderOf(found.map(({mean}) => mean! - exact.mean)), meanSquare: orderOf(found.map(({meanSquare}) => meanSquare! - exact.meanSquare))};
}

type Order = ReturnType<typeof orderOf>;
const has = (order: Order, expected: number) => Math.abs(order.slope - expected) < 0.06 && order.low > expected - 0.15 && order.high < expected + 0.15;
const isOrder = (order: Order, expected: number, what: string) => assert.ok(has(order, expected), `${what}: order ${order.slope.toFixed(3)} [${order.low.toFixed(3)}, ${order.high.toFixed(3)}], expected ${expected}`);

const [growth, volatility] = [0.6, 0.5];
const geometric = (kind: "diagonal" | "scalar") =>
  itoEquation({name: "geometric Brownian motion", parameters: {}, state: {x: []}, drift: ({x}) => ({x: mul(growth, x)}), diffusion: {kind, coefficient: ({x}) => ({x: mul(volatility, x)})}});
const geometricMoments = {mean: Math.exp(growth), meanSquare: Math.exp(2 * growth + volatility ** 2)};
const asColumns = itoEquation({name: "geometric Brownian motion", parameters: {}, state: {x: []}, drift: ({x}) => ({x: mul(growth, x)}), diffusion: {kind: "general", columns: ({x}) => [{x: mul(volatility, x)}]}});

const ornstein = itoEquation({name: "Ornstein–Uhlenbeck", parameters: {}, state: {x: []}, drift: ({x}) => ({x: mul(-1, x)}), diffusion: {kind: "diagonal", coefficient: () => ({x: 0.8})}});
const ornsteinMoments = {mean: Math.exp(-1), meanSquare: Math.exp(-2) + 0.32 * (1 - Math.exp(-2))};

test("weak orders on geometric Brownian motion: Euler–Maruyama and Milstein 1, Platen's scheme 2, by each kind of diffusion", async () => {
  for (const kind of ["diagonal", "scalar"] as const) {
    for (const [name, scheme] of Object.entries({eulerMaruyama: eulerMaruyama(geometric(kind)), milstein: milstein(geometric(kind)), weakSecondOrder: weakSecondOrder(geometric(kind))})) {
      const {mean, meanSquare} = await scalarOrders(scheme, geometricMoments);
      isOrder(mean, name === "weakSecondOrder" ? 2 : 1, `${name}, ${kind}, mean`);
      isOrder(meanSquare, name === "weakSecondOrder" ? 2 : 1, `${name}, ${kind}, mean square`);
    }
  }
  const {meanSquare} = await scalarOrders(weakSecondOrder(asColumns), geometricMoments);
  isOrder(meanSquare, 2, "weakSecondOrder, one column");
});

test("weak orders on an Ornstein–Uhlenbeck process: 1, and 2 for the stochastic Heun scheme, which Platen's is there", async () => {
  const euler = await scalarOrders(eulerMaruyama(ornstein), ornsteinMoments);
  isOrder(euler.meanSquare, 1, "eulerMaruyama");
  for (const scheme of [stochasticHeun(ornstein), weakSecondOrder(ornstein)]) {
    const {mean, meanSquare} = await scalarOrders(scheme, ornsteinMoments);
    isOrder(mean, 2, "mean");
    isOrder(meanSquare, 2, "mean square");
  }
  assert.deepEqual(await scalarMoments(stochasticHeun(ornstein), 8), await scalarMoments(weakSecondOrder(ornstein), 8));
});

/** A solution of y′ = f(t, y) at time 1 by the classical Runge–Kutta method. */
function integrated(f: (t: number, y: readonly number[]) => readonly number[], start: readonly number[]): readonly number[] {
  const h = 1 / 2000;
  const plus = (y: readonly number[], k: readonly number[], c: number) => y.map((value, i) => value + c * k[i]!);
  let y = start;
  for (let i = 0; i < 2000; i++) {
    const t = i * h;
    const k1 = f(t, y);
    const k2 = f(t + h / 2, plus(y, k1, h / 2));
    const k3 = f(t + h / 2, plus(y, k2, h / 2));
    const k4 = f(t + h, plus(y, k3, h));
    y = y.map((value, j) => value + (h / 6) * (k1[j]! + 2 * k2[j]! + 2 * k3[j]! + k4[j]!));
  }
  return y;
}

test("coefficients that depend on time keep the orders", async () => {
  const equation = itoEquation({
    name: "time-dependent",
    parameters: {},
    state: {x: []},
    drift: ({x}, {time}) => ({x: sub(1, mul(add(1, time), x))}),
    diffusion: {kind: "diagonal", coefficient: ({x}, {time}) => ({x: mul(0.5, add(time, x))})}
  });
  const [mean, meanSquare] = integrated((t, [m, s]) => [1 - (1 + t) * m!, 2 * m! - 2 * (1 + t) * s! + 0.25 * (t * t + 2 * t * m! + s!)], [1, 1]);
  const exact = {mean: mean!, meanSquare: meanSquare!};
  isOrder((await scalarOrders(eulerMaruyama(equation), exact)).meanSquare, 1, "eulerMaruyama");
  isOrder((await scalarOrders(milstein(equation), exact)).meanSquare, 1, "milstein");
  isOrder((await scalarOrders(weakSecondOrder(equation), exact)).meanSquare, 2, "weakSecondOrder");
});

test("the stochastic Heun scheme keeps order 2 where the drift depends on time", async () => {
  const equation = itoEquation({name: "moving well", parameters: {}, state: {x: []}, drift: ({x}, {time}) => ({x: sub(mul(2, time), x)}), diffusion: {kind: "scalar", coefficient: () => ({x: 0.5})}});
  const [mean, meanSquare] = integrated((t, [m, s]) => [2 * t - m!, 4 * t * m! - 2 * s! + 0.25], [1, 1]);
  const orders = await scalarOrders(stochasticHeun(equation), {mean: mean!, meanSquare: meanSquare!});
  isOrder(orders.mean, 2, "mean");
  isOrder(orders.meanSquare, 2, "mean square");
});

test("Milstein's scheme with the derivative has the moments of its formula, for diagonal as for scalar noise", async () => {
  const derivativeAlongNoise = ({x}: {readonly x: Real}) => ({x: mul(volatility ** 2, x)});
  const [diagonal, scalar] = await Promise.all((["diagonal", "scalar"] as const).map((kind) => scalarMoments(milstein(geometric(kind), {derivativeAlongNoise}), 16)));
  const step = 1 / 16;
  const mean = (1 + growth * step) ** 16;
  const meanSquare = ((1 + growth * step) ** 2 + volatility ** 2 * step + volatility ** 4 * step ** 2 / 2) ** 16;
  for (const moments of [diagonal!, scalar!]) assert.ok(Math.abs(moments.mean! - mean) < 1e-12 && Math.abs(moments.meanSquare! - meanSquare) < 1e-12);
});

const drift = [[-0.5, 0.7], [-0.3, -0.2]] as const;
const noises = [[[0.3, 0.2], [0, 0.4]], [[0.1, -0.3], [0.5, 0.2]]] as const;
type Matrix = readonly (readonly [number, number])[];
const applied = (matrix: Matrix, x: Real) => stack(matrix.map(([a, b]) => add(mul(a, element(x, 0)), mul(b, element(x, 1)))));
const general = itoEquation({name: "linear, two noises that do not commute", parameters: {}, state: {x: [2]}, drift: ({x}) => ({x: applied(drift, x)}), diffusion: {kind: "general", columns: ({x}) => noises.map((noise) => ({x: applied(noise, x)}))}});

const times = (a: Matrix, b: Matrix) => a.map((row) => [0, 1].map((j) => row[0] * b[0]![j]! + row[1] * b[1]![j]!)) as unknown as Matrix;
const transposed = (a: Matrix) => [0, 1].map((i) => [a[0]![i]!, a[1]![i]!]) as unknown as Matrix;

/** E XXᵀ at time 1 from the identity: M′ = AM + MAᵀ + Σ Bⱼ M Bⱼᵀ. */
const exactSecondMoments = integrated((_, [a, b, c]) => {
  const moments: Matrix = [[a!, b!], [b!, c!]];
  const terms = [times(drift, moments), times(moments, transposed(drift)), ...noises.map((noise) => times(times(noise, moments), transposed(noise)))];
  const entry = (i: number, j: number) => terms.reduce((sum, term) => sum + term[i]![j]!, 0);
  return [entry(0, 0), entry(0, 1), entry(1, 1)];
}, [1, 0, 1]);

type Planar = SchemeDynamics<Record<never, never>, {readonly x: readonly [2]}>;

/** E XXᵀ at time 1, with the signs of the iterated integrals drawn by `uniforms`, each of the same probability. */
const planarMoments = (scheme: Planar, steps: number, uniforms: readonly (readonly number[])[]): Promise<Moments> =>
  run(
    defineDynamics({
      name: "second moments",
      parameters: {timeStep: []},
      state: {a: [], b: [], c: []},
      start: () => ({a: 1, b: 0, c: 1}),
      step: ({a, b, c}, context) => {
        const {timeStep} = context.parameters;
        const root = sqrt(a);
        const points = [stack([root, div(b, root)]), stack([0, sqrt(sub(c, div(square(b), a)))])];
        const after = points.flatMap((x) =>
          hermiteNodes.flatMap(([first, p]) =>
            hermiteNodes.flatMap(([second, q]) => uniforms.map((drawn) => [(p * q) / uniforms.length, stepWith(scheme, {x}, context, {timeStep, normals: [first, second], uniforms: drawn}).x!] as const))
          )
        );
        const moment = (i: number, j: number) => weighted(after.map(([weight, x]) => [weight, mul(element(x, i), element(x, j))]));
        return {a: moment(0, 0), b: moment(0, 1), c: moment(1, 1)};
      }
    }) as unknown as Parameters<typeof ensemblesHere.simulate>[0],
    steps
  );

async function planarOrders(scheme: Planar, uniforms: readonly (readonly number[])[]) {
  const found = await Promise.all(stepCounts.map((steps) => planarMoments(scheme, steps, uniforms)));
  return ["a", "b", "c"].map((key, i) => orderOf(found.map((moments) => moments[key]! - exactSecondMoments[i]!)));
}

test("weak orders for two Wiener processes that do not commute: 1 and 2", async () => {
  for (const order of await planarOrders(eulerMaruyama(general), [[]])) isOrder(order, 1, "eulerMaruyama");
  for (const order of await planarOrders(weakSecondOrder(general), [[0.25], [0.75]])) isOrder(order, 2, "weakSecondOrder");
});

test("Platen's scheme loses its order when the iterated integrals all have one sign", async () => {
  const orders = await planarOrders(weakSecondOrder(general), [[0.25]]);
  assert.ok(orders.every((order) => !has(order, 2)));
});

test("wrong schemes are told from right ones: noise without √Δ, noise read as Stratonovich, a lost half of the drift's correction", async () => {
  const custom = (step: (x: Real, timeStep: Real, xi: Real) => Real) =>
    defineDynamics({name: "wrong", parameters: {timeStep: []}, state: {x: []}, step: ({x}, {parameters: {timeStep}, normal}) => ({x: step(x, timeStep, normal())})}) as unknown as Scalar;
  const b = (x: Real) => mul(growth, x);
  const sigma = (x: Real) => mul(volatility, x);
  const right = custom((x, timeStep, xi) => add(add(x, mul(timeStep, b(x))), mul(mul(sqrt(timeStep), sigma(x)), xi)));
  const noRoot = custom((x, timeStep, xi) => add(add(x, mul(timeStep, b(x))), mul(mul(timeStep, sigma(x)), xi)));
  const stratonovich = custom((x, timeStep, xi) => {
    const kick = (at: Real) => mul(mul(sqrt(timeStep), sigma(at)), xi);
    return add(add(x, mul(timeStep, b(x))), mul(0.5, add(kick(x), kick(add(x, kick(x))))));
  });
  const uncorrected = custom((x, timeStep, xi) => add(add(x, mul(timeStep, b(x))), mul(mul(sqrt(timeStep), sigma(add(x, mul(timeStep, b(x))))), xi)));
  isOrder((await scalarOrders(right, geometricMoments)).meanSquare, 1, "Euler–Maruyama written out");
  for (const wrong of [noRoot, stratonovich]) {
    const {meanSquare} = await scalarOrders(wrong, geometricMoments);
    assert.ok(!has(meanSquare, 1) && !has(meanSquare, 2), `order ${meanSquare.slope}`);
  }
  assert.ok(!has((await scalarOrders(uncorrected, geometricMoments)).meanSquare, 2));
});
