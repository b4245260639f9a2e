import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyama, itoEquation, milstein, weakSecondOrder} from "../../../src/dynamics/index.ts";
import type {SchemeDynamics} from "../../../src/dynamics/index.ts";
import {add, defineDynamics, ensemblesHere, exp, mul, sqrt, stack} from "../../../src/kernels/index.ts";
import type {Real} from "../../../src/kernels/index.ts";
import {linearRegression} from "../../../src/statistics/index.ts";
import {stepWith, weighted} from "./step-with.ts";

/**
 * Strong orders: the exact solution and the scheme with steps of 1/16, 1/32,
 * 1/64 and 1/128 follow the same Wiener paths to time 1. The order is the
 * slope of the mean absolute error, its standard error is over 16 groups of
 * replicas. Each comparison is held to a margin of 0.08, more than 8 standard
 * errors; the bias of finite steps is below 0.05.
 */
const coarseSteps = 16;
const finest = 8;
const lengths = [1, 2, 4, 8];
const groups = 16;
const replicas = 8192;

/** Volatilities of two coordinates for two Wiener processes: columns that commute, for each coordinate is multiplied. */
const volatility = [[0.5, 0.3], [-0.2, 0.6]] as const;
const growth = [0.4, -0.2] as const;
const vector = (values: readonly number[]) => stack(values);

type Planar = SchemeDynamics<Record<never, never>, {readonly x: readonly [2]}>;
interface Solved {
  readonly scheme: Planar;
  /** Logarithm of the exact solution's growth over a time from the increments of the Wiener processes. */
  readonly logarithm: (time: Real, increments: readonly Real[]) => Real;
}

const columnsEquation = itoEquation({
  name: "two commuting noises",
  parameters: {},
  state: {x: [2]},
  drift: ({x}) => ({x: mul(vector(growth), x)}),
  diffusion: {kind: "general", columns: ({x}) => [0, 1].map((j) => ({x: mul(vector(volatility.map((row) => row[j]!)), x)}))}
});
const columnsLogarithm = (time: Real, increments: readonly Real[]) =>
  stack(volatility.map((row, i) => add(mul(growth[i]! - (row[0] ** 2 + row[1] ** 2) / 2, time), add(mul(row[0], increments[0]!), mul(row[1], increments[1]!)))));

const deviations = [0.5, 0.7];
const diagonalEquation = itoEquation({
  name: "two geometric Brownian motions",
  parameters: {},
  state: {x: [2]},
  drift: ({x}) => ({x: mul(vector(growth), x)}),
  diffusion: {kind: "diagonal", coefficient: ({x}) => ({x: mul(vector(deviations), x)})}
});
const diagonalLogarithm = (time: Real, increments: readonly Real[]) => stack(deviations.map((deviation, i) => add(mul(growth[i]! - deviation ** 2 / 2, time), mul(deviation, increments[i]!))));

async function strongOrder({scheme, logarithm}: Solved): Promise<{readonly slope: number; readonly standardError: number}> {
  const state = Object.fromEntries(["exact", ...lengths.map((length) => `steps${length}`)].map((key) => [key, [2] as const]));
  const coupled = defineDynamics({
    name: "coupled",
    parameters: {timeStep: []},
    state,
    start: () => Object.fromEntries(Object.keys(state).map((key) => [key, 1])),
    step: (before, context) => {
      const {timeStep} = context.parameters;
      const draws = Array.from({length: finest}, () => [context.normal(), context.normal()]);
      const fine = mul(timeStep, 1 / finest);
      const total = [0, 1].map((j) => mul(sqrt(fine), weighted(draws.map((pair) => [1, pair[j]!]))));
      const after = lengths.map((length) => {
        const merged = finest / length;
        let x = before[`steps${length}`]!;
        for (let i = 0; i < length; i++) {
          const own = draws.slice(i * merged, (i + 1) * merged);
          const normals = [0, 1].map((j) => mul(1 / Math.sqrt(merged), weighted(own.map((pair) => [1, pair[j]!]))));
          x = stepWith(scheme, {x}, context, {timeStep: mul(fine, merged), normals}).x!;
        }
        return [`steps${length}`, x];
      });
      return {exact: mul(before.exact!, exp(logarithm(timeStep, total))), ...Object.fromEntries(after)};
    }
  });
  const {state: end} = await ensemblesHere.simulate(coupled, {parameters: {timeStep: 1 / coarseSteps}, key: [20, 26], replicas, steps: coarseSteps, precision: "float64"});
  const slopes = Array.from({length: groups}, (_, group) => {
    const errors = lengths.map((length) => {
      let sum = 0;
      for (let i = (2 * replicas * group) / groups; i < (2 * replicas * (group + 1)) / groups; i++) sum += Math.abs(end[`steps${length}`]![i]! - end.exact![i]!);
      return Math.log(sum);
    });
    return linearRegression({x: lengths.map((length) => -Math.log(length)), y: errors}).slope;
  });
  const slope = slopes.reduce((sum, value) => sum + value, 0) / groups;
  const standardError = Math.sqrt(slopes.reduce((sum, value) => sum + (value - slope) ** 2, 0) / (groups - 1) / groups);
  return {slope, standardError};
}

async function isOrder(solved: Solved, expected: number) {
  const {slope, standardError} = await strongOrder(solved);
  assert.ok(8 * standardError < 0.08 && Math.abs(slope - expected) < 0.08, `order ${slope} ± ${standardError}, expected ${expected}`);
}

const secondPower = (x: Real) => mul(vector(deviations.map((deviation) => deviation ** 2)), x);

test("Euler–Maruyama has strong order ½ on multiplicative noise", async () => {
  await isOrder({scheme: eulerMaruyama(diagonalEquation), logarithm: diagonalLogarithm}, 0.5);
  await isOrder({scheme: eulerMaruyama(columnsEquation), logarithm: columnsLogarithm}, 0.5);
});

test("Milstein's scheme has strong order 1, with the derivative, with differences and for commuting columns", async () => {
  await isOrder({scheme: milstein(diagonalEquation, {derivativeAlongNoise: ({x}) => ({x: secondPower(x)})}), logarithm: diagonalLogarithm}, 1);
  await isOrder({scheme: milstein(diagonalEquation), logarithm: diagonalLogarithm}, 1);
  await isOrder({scheme: milstein(columnsEquation), logarithm: columnsLogarithm}, 1);
});

test("with the wrong sign of its correction Milstein's scheme has order ½", async () => {
  await isOrder({scheme: milstein(diagonalEquation, {derivativeAlongNoise: ({x}) => ({x: mul(-1, secondPower(x))})}), logarithm: diagonalLogarithm}, 0.5);
});

test("Platen's weak scheme follows the path with order 1 for diagonal noise", async () => {
  await isOrder({scheme: weakSecondOrder(diagonalEquation), logarithm: diagonalLogarithm}, 1);
});
