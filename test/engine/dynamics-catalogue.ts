import {abs, add, cos, defineDynamics, div, dot, element, equal, exp, fill, greater, greaterEqual, less, lessEqual, log, logicalAnd, logicalNot, logicalOr, matVec, maximum, minimum, mul, neg, notEqual, reciprocal, repeatSum, sin, sqrt, square, stack, sub, sum, tanh, where} from "../../src/kernels/index.ts";
import type {Dynamics, RealArray} from "../../src/kernels/index.ts";

/** Dynamics with what they are bound to. */
export interface CatalogueEntry {
  readonly dynamics: Dynamics;
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly tables?: Readonly<Record<string, {readonly rows: number; readonly values: RealArray}>>;
}

const entry = (dynamics: unknown, parameters: CatalogueEntry["parameters"] = {}, tables: NonNullable<CatalogueEntry["tables"]> = {}): CatalogueEntry => ({dynamics: dynamics as Dynamics, parameters, tables});

const numbers = (count: number, of: (i: number) => number) => Array.from({length: count}, (_, i) => of(i));

const samples = {rows: 7, values: Float32Array.from({length: 7 * 5}, (_, i) => Math.sin(3 * i) + (i % 5 === 4 ? 1 : 0))};

const ornsteinUhlenbeck = defineDynamics({
  name: "ornstein-uhlenbeck",
  parameters: {rate: [], scale: [13]},
  state: {x: [13], y: [3], z: []},
  start: ({normal}) => ({x: normal(13), y: 2}),
  step: ({x, y, z}, {parameters: {rate, scale}, normal}) => ({x: add(mul(rate, x), mul(scale, normal(13))), y: sub(y, mul(0.3, add(y, normal(3)))), z: add(div(z, 2), normal())})
});

const functions = defineDynamics({
  name: "functions",
  parameters: {},
  state: {x: [10], y: []},
  step: ({x, y}, {normal, uniform}) => {
    const bounded = tanh(x);
    const waves = add(sin(x), cos(mul(2, x)));
    return {
      x: add(mul(0.5, waves), add(log(add(exp(bounded), square(uniform(10)))), neg(sqrt(add(1, abs(normal(10))))))),
      y: add(mul(0.5, reciprocal(add(1, square(y)))), uniform())
    };
  }
});

const choices = defineDynamics({
  name: "choices",
  parameters: {level: []},
  state: {x: [9], k: []},
  start: () => ({k: 1}),
  step: ({x, k}, {parameters: {level}, normal, step}) => {
    const moved = add(mul(0.7, x), normal(9));
    const inside = logicalAnd(less(-1, moved), logicalNot(greater(moved, level)));
    const late = logicalOr(greaterEqual(step, 3), equal(k, 1));
    return {
      x: where(logicalAnd(inside, notEqual(k, 2)), moved, where(late, minimum(maximum(moved, -0.5), 0.25), 0)),
      k: where(lessEqual(k, 3), add(k, 1), 0)
    };
  }
});

const shapes = defineDynamics({
  name: "shapes",
  parameters: {a: [3, 10], b: [10, 3]},
  state: {x: [10], y: [3], s: []},
  start: () => ({x: 0.5, y: stack([1, -1, 2]), s: 1}),
  step: ({x, y, s}, {parameters: {a, b}, normal, step}) => {
    const projected = matVec(a, x);
    return {
      x: add(mul(0.1, x), mul(0.2, matVec(b, add(projected, normal(3))))),
      y: stack([element(projected, 2), mul(0.5, sum(y)), mul(0.1, dot(x, fill(s, 10)))]),
      s: div(add(s, element(x, 9)), add(step, 1))
    };
  }
});

const miniBatch = defineDynamics({
  name: "mini-batch descent",
  parameters: {rate: []},
  tables: {data: 5, other: 5},
  state: {w: [4], average: [4], seen: []},
  step: ({w, average, seen}, {parameters: {rate}, tables: {data, other}, normal, step}) => {
    const gradient = repeatSum(3, () => {
      const row = data.drawRow();
      const x = data.row(row, 0, 4);
      return mul(sub(dot(x, w), data.value(row, 4)), add(x, mul(0.1, repeatSum(2, () => normal(4)))));
    });
    const rest = repeatSum(4, () => other.value(other.drawRowWithoutReplacement(), 4));
    return {w: sub(w, mul(rate, gradient)), average: add(average, div(sub(w, average), add(step, 1))), seen: add(seen, mul(0.01, rest))};
  }
});

/** Dynamics that use every operation, on both sides of the length from which vectors are looped over. */
export const catalogue: readonly CatalogueEntry[] = [
  entry(ornsteinUhlenbeck, {rate: 0.9, scale: numbers(13, (i) => 0.1 * i - 0.4)}),
  entry(functions),
  entry(choices, {level: 1.25}),
  entry(shapes, {a: numbers(30, (i) => Math.cos(i)), b: numbers(30, (i) => Math.sin(i))}),
  entry(miniBatch, {rate: 0.05}, {data: samples, other: samples})
];
