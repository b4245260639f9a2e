import assert from "node:assert/strict";
import {test} from "node:test";
import {add, defineDynamics, div, less, mul, sub, traceObservables, where} from "../../../src/kernels/index.ts";
import type {Dynamics, PassageBlock, PassageRun} from "../../../src/kernels/index.ts";
import {interpretPassages, interpretSimulation} from "../../../src/kernels/interpreter/index.ts";

/** x grows by `drift` a step; records are x and the number of steps. */
const ramp = defineDynamics({name: "ramp", parameters: {drift: []}, state: {x: []}, step: ({x}, {parameters: {drift}}) => ({x: add(x, drift)})});

const passages = (run: PassageRun, drift: number, count = 1): PassageBlock =>
  interpretPassages(
    {kind: "passages", dynamics: ramp as unknown as Dynamics, bits: 32, quantity: traceObservables(ramp, ({x}) => ({q: x}))["q"]!, records: traceObservables(ramp, ({x}, {step}) => ({x, step}))},
    {parameters: {drift}, tables: {}, key: [0, 0]},
    {first: 0, count},
    run
  );

const plain = ({passages, ends, reasons, records}: PassageBlock) => ({passages: [...passages], ends: [...ends], reasons: [...reasons], records: [...records]});

test("passages, ends and records are those computed by hand", () => {
  assert.deepEqual(plain(passages({levels: [2, 2.5, 5], steps: 9}, 1)), {passages: [2, 3, 5], ends: [5], reasons: [0], records: [2, 2, 3, 3, 5, 5, 5, 5]});
});

test("one step may pass several levels, and a level is passed where it is reached", () => {
  assert.deepEqual(plain(passages({levels: [-1, 2, 4, 5], steps: 9}, 4)), {passages: [1, 1, 1, 2], ends: [2], reasons: [0], records: [4, 1, 4, 1, 4, 1, 8, 2, 8, 2]});
});

test("a replica that made its steps is censored, with what it is then", () => {
  assert.deepEqual(plain(passages({levels: [2, 5], steps: 4}, 1)), {passages: [2, 0], ends: [4], reasons: [1], records: [2, 2, 0, 0, 4, 4]});
});

test("a replica that passes the last level in its last step is not censored", () => {
  assert.deepEqual(plain(passages({levels: [4], steps: 4}, 1, 2)), {passages: [4, 4], ends: [4, 4], reasons: [0, 0], records: [4, 4, 4, 4, 4, 4, 4, 4]});
});

test("a quantity that is not finite ends a replica before it passes anything", () => {
  assert.deepEqual(plain(passages({levels: [1], steps: 4}, Infinity)), {passages: [0], ends: [1], reasons: [2], records: [0, 0, Infinity, 1]});
  assert.deepEqual(plain(passages({levels: [1], steps: 4}, 0.5)).passages, [2]);
  assert.deepEqual(plain(passages({levels: [1], steps: 4}, NaN)).reasons, [2]);
});

test("levels are compared in the width of the kernel", () => {
  assert.ok(Math.fround(0.7) < 0.7);
  assert.deepEqual(plain(passages({levels: [0.7], steps: 1}, 0.7)).passages, [1]);
});

test("first passages of a random walk are those of its path", () => {
  const walk = defineDynamics({name: "walk", parameters: {}, state: {x: []}, step: ({x}, {normal}) => ({x: where(less(x, -3), div(x, mul(0, x)), add(x, normal()))})});
  const dynamics = walk as unknown as Dynamics;
  const [block, steps, count] = [{first: 3, count: 40}, 30, 40];
  const binding = {parameters: {}, tables: {}, key: [1, 2]} as const;
  const {q} = traceObservables(walk, ({x}) => ({q: sub(x, 0.25)}));
  const path = interpretSimulation({kind: "simulation", dynamics, bits: 64, observables: {q: q!}, samples: "replicas"}, binding, block, {steps, every: 1}).samples;
  const levels = [0, 1, 2];
  const found = interpretPassages({kind: "passages", dynamics, bits: 64, quantity: q!, records: {q: q!}}, binding, block, {levels, steps});
  const endings = new Set<number>();
  for (let r = 0; r < count; r++) {
    const values = Array.from({length: steps}, (_, step) => path[step * count + r]!);
    const broken = values.findIndex((value) => !Number.isFinite(value));
    const finite = broken < 0 ? values : values.slice(0, broken);
    const first = levels.map((level) => finite.findIndex((value) => value >= level) + 1);
    const reason = first[2]! > 0 ? 0 : broken >= 0 ? 2 : 1;
    const end = [first[2]!, steps, broken + 1][reason]!;
    endings.add(reason);
    assert.deepEqual(levels.map((_, level) => found.passages[level * count + r]), first);
    assert.deepEqual([found.reasons[r], found.ends[r]], [reason, end]);
    assert.deepEqual([0, 1, 2, 3].map((row) => found.records[row * count + r]), [...first, end].map((step) => (step === 0 ? 0 : values[step - 1])));
  }
  assert.deepEqual([...endings].sort(), [0, 1, 2]);
});
