import assert from "node:assert/strict";
import {test} from "node:test";
import {add, defineDynamics, div, dot, element, equal, fill, less, matVec, mul, repeatSum, stack, sub, sum, traceObservables, where} from "../../../src/kernels/index.ts";
import type {Binding, Block, Dynamics, Graph, SimulationBlock, SimulationKernel, SimulationRun} from "../../../src/kernels/index.ts";
import {interpretSimulation} from "../../../src/kernels/interpreter/index.ts";
import {replicaWords} from "./replica-words.ts";

const key = [7, 2 ** 32 - 1] as const;

interface Options extends Partial<SimulationRun>, Partial<Pick<Binding, "parameters" | "tables">> {
  readonly bits?: 32 | 64;
  readonly observables?: Graph;
  readonly samples?: SimulationKernel["samples"];
  readonly block?: Block;
}

const interpret = (dynamics: unknown, {bits = 64, observables = {}, samples = "replicas", parameters = {}, tables = {}, block = {first: 0, count: 1}, steps = 1, every = 1}: Options = {}): SimulationBlock =>
  interpretSimulation({kind: "simulation", dynamics: dynamics as Dynamics, bits, observables, samples}, {parameters, tables, key}, block, {steps, every});

test("states, samples and their layout are those computed by hand", () => {
  const dynamics = defineDynamics({name: "affine", parameters: {slope: [], shift: [2]}, state: {x: [2], t: []}, start: () => ({x: stack([1, -1])}), step: ({x, t}, {parameters: {slope, shift}, step}) => ({x: add(mul(slope, x), shift), t: add(t, step)})});
  const observables = traceObservables(dynamics, ({x, t}, {step}) => ({norm: dot(x, x), both: add(x, sub(step, t))}));
  const {states, samples, divergences} = interpret(dynamics, {observables, parameters: {slope: 2, shift: [1, 10]}, block: {first: 3, count: 2}, steps: 5, every: 2});
  // x₁: 1, 3, 7, 15, 31, 63; x₂: −1, 8, 26, 62, 134, 278; t: 0, 0, 1, 3, 6, 10.
  assert.deepEqual([...states], [63, 63, 278, 278, 10, 10]);
  assert.deepEqual([...samples], [7 ** 2 + 26 ** 2, 7 + 1, 26 + 1, 31 ** 2 + 134 ** 2, 31 - 2, 134 - 2].flatMap((value) => [value, value]));
  assert.deepEqual([...divergences], [0, 0]);
});

test("sums start from −0 and add from the first to the last", () => {
  const dynamics = defineDynamics({name: "sums", parameters: {a: [2, 3]}, state: {x: [3], y: [2], z: []}, start: () => ({x: stack([1, 1e8, -1e8])}), step: ({x, y, z}, {parameters: {a}}) => ({x, y: add(matVec(a, x), mul(y, 0)), z: add(sum(x), mul(z, 0))})});
  const {states} = interpret(dynamics, {bits: 32, parameters: {a: [1, 1, 1, 0, 0, 1]}});
  assert.deepEqual([...states], [1, 1e8, -1e8, 0, -1e8, 0]);
  const zeros = defineDynamics({name: "zeros", parameters: {}, state: {x: [2]}, start: () => ({x: -0}), step: ({x}) => ({x: fill(div(1, sum(x)), 2)})});
  assert.deepEqual([...interpret(zeros).states], [-Infinity, -Infinity]);
});

test("a parameter and every operation is rounded to float32, or not in float64", () => {
  const dynamics = defineDynamics({name: "rounding", parameters: {a: []}, state: {x: []}, step: ({x}, {parameters: {a}}) => ({x: add(mul(a, a), mul(0, x))})});
  const f = Math.fround;
  assert.equal(interpret(dynamics, {bits: 32, parameters: {a: 0.1}}).states[0], f(f(0.1) * f(0.1)));
  assert.equal(interpret(dynamics, {parameters: {a: 0.1}}).states[0], 0.1 * 0.1);
});

for (const bits of [32, 64] as const) {
  test(`normals come in pairs, singles pair up, and a start and a body keep none, ${bits} bits`, () => {
    const dynamics = defineDynamics({
      name: "draws",
      parameters: {},
      state: {x: [3], y: [], z: [], w: [5]},
      start: ({normal}) => ({x: normal(3)}),
      step: ({x, y, z, w}, {normal}) => ({x: add(mul(0, x), normal(3)), z: add(mul(0, z), normal()), y: add(mul(0, y), repeatSum(2, () => normal())), w: add(mul(0, w), normal(5))})
    });
    const block = {first: 41, count: 1};
    const draws = replicaWords(bits, key, 41);
    const pairs = Array.from({length: 2 + 7 + 6}, () => draws.pair());
    assert.deepEqual([...interpret(dynamics, {bits, block, steps: 0}).states].slice(0, 3), [...pairs[0]!, pairs[1]![0]]);
    // Three singles in a step: x alternates, z is fresh, w is what z leaves. Step 0 takes pairs 2 to 8, step 1 pairs 9 to 14.
    const expected = (p: number, single: number, next: number) => [...pairs[p]!, single, ...[next + 1, next + 2].map((i) => pairs[i]![0]), pairs[next]![0], ...pairs[next + 3]!, ...pairs[next + 4]!, pairs[next]![1]];
    const order = ([x0, x1, x2, y0, y1, z, ...w]: readonly number[]) => [x0, x1, x2, bits === 32 ? Math.fround(y0! + y1!) : y0! + y1!, z, ...w];
    assert.deepEqual([...interpret(dynamics, {bits, block, steps: 1}).states], order(expected(2, pairs[3]![0], 4)));
    assert.deepEqual([...interpret(dynamics, {bits, block, steps: 2}).states], order(expected(9, pairs[3]![1], 10)));
  });

  test(`a single normal a step takes a new pair in even steps only, ${bits} bits`, () => {
    const dynamics = defineDynamics({name: "single", parameters: {}, state: {x: []}, step: ({x}, {normal}) => ({x: add(mul(0, x), normal())})});
    const observables = traceObservables(dynamics, ({x}) => ({x}));
    const draws = replicaWords(bits, key, 0);
    assert.deepEqual([...interpret(dynamics, {bits, observables, steps: 5}).samples], [...draws.pair(), ...draws.pair(), draws.pair()[0]]);
  });

  test(`uniforms and rows take a word each, in the order of tracing, ${bits} bits`, () => {
    const dynamics = defineDynamics({
      name: "words",
      parameters: {},
      tables: {data: 2},
      state: {u: [2], v: [], r: [2]},
      step: ({u, v, r}, {uniform, tables: {data}}) => ({u: add(mul(0, u), uniform(2)), r: add(mul(0, r), data.row(data.drawRow(), 0, 2)), v: add(mul(0, v), uniform())})
    });
    const values = Float64Array.from({length: 2 * 11}, (_, i) => i);
    const draws = replicaWords(bits, key, 0);
    const upper = () => Number(draws.word() >> BigInt(bits - 32));
    const uniform = () => (bits === 32 ? Math.floor(upper() / 2 ** 8) / 2 ** 24 : Number(draws.word() >> 12n) / 2 ** 52);
    const [u0, u1, row, v] = [uniform(), uniform(), Math.floor((upper() * 11) / 2 ** 32), uniform()];
    assert.deepEqual([...interpret(dynamics, {bits, tables: {data: {rows: 11, columns: 2, values}}}).states], [u0, u1, v, 2 * row, 2 * row + 1]);
  });

  test(`rows without replacement go through the table once a pass, each replica in its own order, ${bits} bits`, () => {
    const dynamics = defineDynamics({
      name: "passes",
      parameters: {},
      tables: {data: 1},
      state: {sum: [], last: []},
      start: ({tables: {data}}) => ({sum: data.value(data.drawRowWithoutReplacement(), 0)}),
      step: (state, {tables: {data}}) => {
        const row = data.drawRowWithoutReplacement();
        return {sum: add(state.sum, data.value(row, 0)), last: add(data.value(row, 0), mul(0, state.last))};
      }
    });
    const observables = traceObservables(dynamics, ({last, sum: total}) => ({last, first: sub(total, last)}));
    const rows = 5;
    const count = 3;
    const {samples} = interpret(dynamics, {bits, observables, tables: {data: {rows, columns: 1, values: Float64Array.from({length: rows}, (_, i) => i)}}, block: {first: 0, count}, steps: 2 * rows - 1});
    const orders = Array.from({length: count}, (_, r) => [samples[count + r]!, ...Array.from({length: 2 * rows - 1}, (_, step) => samples[2 * count * step + r]!)]);
    orders.forEach((order, r) => {
      const draws = replicaWords(bits, key, r);
      const permutation = Array.from({length: rows}, (_, i) => i);
      const expected = order.map((_, c) => {
        const k = c % rows;
        const j = k + Math.floor((Number(draws.word() >> BigInt(bits - 32)) * (rows - k)) / 2 ** 32);
        [permutation[k], permutation[j]] = [permutation[j]!, permutation[k]!];
        return permutation[k];
      });
      assert.deepEqual(order, expected);
      assert.deepEqual(order.slice(0, rows).sort(), [0, 1, 2, 3, 4]);
      assert.deepEqual(order.slice(rows).sort(), [0, 1, 2, 3, 4]);
    });
  });

  test(`an Ornstein–Uhlenbeck recursion has its exact mean and variance, ${bits} bits`, () => {
    const [a, s, steps, count, length] = [0.8, 0.5, 7, 2000, 3];
    const dynamics = defineDynamics({name: "ou", parameters: {a: [], s: []}, state: {x: [length]}, start: () => ({x: 1}), step: ({x}, {parameters, normal}) => ({x: add(mul(parameters.a, x), mul(parameters.s, normal(length)))})});
    const states = [...interpret(dynamics, {bits, parameters: {a, s}, block: {first: 0, count}, steps}).states];
    const n = count * length;
    const variance = (s ** 2 * (1 - a ** (2 * steps))) / (1 - a ** 2);
    const mean = states.reduce((total, x) => total + x, 0) / n;
    const square = states.reduce((total, x) => total + (x - a ** steps) ** 2, 0) / n;
    // Two tests in each of two widths at a joint alpha of 1e-5: 4.7 standard errors.
    assert.ok(Math.abs(mean - a ** steps) < 4.7 * Math.sqrt(variance / n), `mean ${mean}`);
    assert.ok(Math.abs(square - variance) < 4.7 * variance * Math.sqrt(2 / n), `variance ${square}`);
  });
}

test("a replica is the same in every block", () => {
  const dynamics = defineDynamics({name: "walk", parameters: {}, state: {x: [3]}, step: ({x}, {normal}) => ({x: add(x, normal(3))})});
  const whole = interpret(dynamics, {block: {first: 16, count: 20}, steps: 3}).states;
  const part = interpret(dynamics, {block: {first: 21, count: 4}, steps: 3}).states;
  for (let component = 0; component < 3; component++) assert.deepEqual([...part.slice(4 * component, 4 * component + 4)], [...whole.slice(20 * component + 5, 20 * component + 9)]);
});

test("divergence is the first step after which the sum of the state is not finite", () => {
  const dynamics = defineDynamics({name: "growth", parameters: {}, state: {x: [2], y: []}, start: () => ({x: stack([1, 0]), y: -1}), step: ({x, y}) => ({x: mul(x, 1e10), y: mul(y, 1e10)})});
  // 1e40 is infinite in float32, and ∞ − ∞ is NaN.
  assert.deepEqual([...interpret(dynamics, {bits: 32, steps: 9}).divergences], [4]);
  assert.deepEqual([...interpret(dynamics, {bits: 32, steps: 3}).divergences], [0]);
  assert.deepEqual([...interpret(dynamics, {bits: 64, steps: 40}).divergences], [31]);
  const overflowing = defineDynamics({name: "overflow", parameters: {}, state: {x: [2]}, start: () => ({x: 3e38}), step: ({x}) => ({x})});
  assert.deepEqual([...interpret(overflowing, {bits: 32, steps: 2}).divergences], [1]);
  const returning = defineDynamics({name: "return", parameters: {}, state: {x: []}, step: ({x}, {step}) => ({x: add(where(equal(step, 1), div(1, 0), 1), where(less(x, 0), x, 0))})});
  const {states, divergences} = interpret(returning, {steps: 4});
  assert.deepEqual([[...states], [...divergences]], [[1], [2]]);
});

test("sums leave out a replica from the sample on at which it has diverged, and count the others", () => {
  // Replica r is infinite after step 1 where its number is above 0.
  const dynamics = defineDynamics({name: "some", parameters: {}, state: {x: [], k: []}, start: ({normal}) => ({x: normal()}), step: ({x, k}) => ({x: where(less(0, x), div(x, 0), x), k: add(k, 1)})});
  const observables = traceObservables(dynamics, ({x, k}) => ({x, pair: stack([k, 1])}));
  const block = {first: 32, count: 37};
  const {samples, divergences, states} = interpret(dynamics, {bits: 32, observables, samples: "sums", block, steps: 4, every: 2});
  const start = interpret(dynamics, {bits: 32, block, steps: 0}).states;
  const alive = [...start.slice(0, 37)].map((x) => !(x > 0));
  assert.ok(alive.includes(true) && alive.includes(false));
  assert.deepEqual([...divergences], alive.map((lives) => (lives ? 0 : 1)));
  assert.equal(samples.length, 2 * 4 * 16);
  for (const sample of [0, 1])
    for (let lane = 0; lane < 16; lane++) {
      const members = [lane, lane + 16, lane + 32].filter((r) => r < 37 && alive[r]);
      const slot = (component: number) => samples[(4 * sample + component) * 16 + lane];
      assert.equal(slot(0), members.reduce((total, r) => Math.fround(total + states[r]!), 0));
      assert.deepEqual([slot(1), slot(2), slot(3)], [members.length * 2 * (sample + 1), members.length, members.length]);
    }
});

test("a repeatSum inside another one evaluates its draws anew in every evaluation of the outer one", () => {
  const dynamics = defineDynamics({
    name: "nested",
    parameters: {},
    state: {x: []},
    step: ({x}, {uniform}) => ({
      x: repeatSum(2, () => {
        const outer = uniform();
        return add(add(mul(0, x), mul(100, outer)), repeatSum(3, () => mul(outer, uniform())));
      })
    })
  });
  const draws = replicaWords(64, key, 0);
  const u = Array.from({length: 8}, () => Number(draws.word() >> 12n) / 2 ** 52);
  const evaluation = ([outer, a, b, c]: readonly number[]) => 100 * outer! + (outer! * a! + outer! * b! + outer! * c!);
  assert.equal(interpret(dynamics).states[0], evaluation(u.slice(0, 4)) + evaluation(u.slice(4)));
});

test("what a repeatSum adds up without drawing is added as often", () => {
  const dynamics = defineDynamics({name: "constant", parameters: {}, state: {x: [2]}, start: () => ({x: stack([0.1, -0])}), step: ({x}) => ({x: repeatSum(3, () => stack([element(x, 0), element(x, 1)]))})});
  assert.deepEqual([...interpret(dynamics).states], [0.1 + 0.1 + 0.1, -0]);
});
