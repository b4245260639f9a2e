import assert from "node:assert/strict";
import {test} from "node:test";
import {givenDraws, runOnTensors, statelessDraws} from "../../src/engine/tensor-program/index.ts";
import type {TensorDraws} from "../../src/engine/tensor-program/index.ts";
import {add, defineDynamics, element, less, mul, planSimulation, reachable, repeatSum, stack, sum, where} from "../../src/kernels/index.ts";
import type {Dynamics, Operation, Real, Simulation, SimulationKernel, SimulationRequest, SimulationRun} from "../../src/kernels/index.ts";
import {interpretSimulation, interpretedDraws} from "../../src/kernels/interpreter/index.ts";
import {createStream} from "../../src/random/index.ts";
import {tf} from "../../src/tensors/index.ts";
import {guarded} from "../support/tensors.ts";
import {catalogue} from "./dynamics-catalogue.ts";
import type {CatalogueEntry} from "./dynamics-catalogue.ts";

type Request = SimulationRequest<never, never, never>;

const request = (entry: CatalogueEntry, more: object = {}): Request => ({parameters: entry.parameters, tables: entry.tables, key: [3, 4], replicas: {first: 5, count: 6}, steps: 8, observe: (state: object) => state, ...more}) as unknown as Request;

function interpreted(entry: CatalogueEntry, of: Request): Simulation {
  const {kernel, binding, run, replicas, merge} = planSimulation(entry.dynamics as never, of);
  return merge([replicas], [interpretSimulation(kernel as SimulationKernel, binding, replicas, run as SimulationRun)]);
}

function drawsOf(entry: CatalogueEntry, of: Request) {
  const {kernel, binding, replicas, run} = planSimulation(entry.dynamics as never, of);
  return givenDraws(interpretedDraws(kernel, binding, replicas, run.steps));
}

const onTensors = (entry: CatalogueEntry, of: Request, draws = drawsOf(entry, of)) => runOnTensors(entry.dynamics as never, of, draws);

/** The largest difference of two sets of samples, relative to 1 or what is larger. */
function distance(a: Simulation["samples"], b: Simulation["samples"]): number {
  const differences = Object.keys(a).flatMap((name) => Array.from(a[name]!, (value, i) => Math.abs(value - b[name]![i]!) / Math.max(1, Math.abs(value))));
  assert.ok(differences.length > 0 && differences.every((difference) => !Number.isNaN(difference)));
  return Math.max(...differences);
}

/** What float32 leaves of eight steps of the catalogue, about 30 units in the last place. */
const rounding = 4e-6;

const operations = ["constant", "parameter", "state", "step", "neg", "abs", "sqrt", "exp", "log", "sin", "cos", "tanh", "fill", "add", "sub", "mul", "div", "minimum", "maximum", "less", "lessEqual", "equal", "logicalAnd", "logicalOr", "logicalNot", "where", "sum", "element", "stack", "matVec", "normal", "uniform", "drawRow", "row", "repeatSum"] as const satisfies readonly Operation["op"][];
const unlisted: Exclude<Operation["op"], (typeof operations)[number]>[] = [];

test("the catalogue uses every operation", () => {
  const used = new Set(catalogue.flatMap(({dynamics}) => reachable([...Object.values(dynamics.start), ...Object.values(dynamics.step)]).map(({operation}) => operation.op)));
  assert.deepEqual([...operations.filter((operation) => !used.has(operation)), ...unlisted], []);
});

for (const entry of catalogue)
  test(
    `${entry.dynamics.name}: tensors follow the interpreter step by step, given its draws`,
    guarded(() => {
      const of = request(entry);
      const [plain, tensors] = [interpreted(entry, of), onTensors(entry, of)];
      const apart = distance(plain.samples, tensors.samples);
      assert.ok(apart < rounding, `distance ${apart}`);
      assert.ok(distance(plain.state, tensors.state) < rounding);
      assert.deepEqual(tensors.divergedAt, plain.divergedAt);
      assert.equal(tensors.sampleCount, of.steps);
      assert.ok(distance(plain.samples, onTensors(entry, of, drawsOf(entry, request(entry, {key: [3, 5]}))).samples) > 0.01, "other draws give the same");
    })
  );

test(
  "observables with the number of steps, every few steps, kept or summed",
  guarded(() => {
    const [entry] = catalogue as readonly [CatalogueEntry];
    const observe = ({x, z}: {readonly x: Real; readonly z: Real}, {step}: {readonly step: Real}) => ({sum: sum(x), both: stack([mul(z, step), step]), one: 1});
    for (const more of [{every: 3}, {every: 3, samples: "sums"}, {every: 9}]) {
      const of = request(entry, {...more, observe, replicas: 21});
      const [plain, tensors] = [interpreted(entry, of), onTensors(entry, of)];
      assert.equal(tensors.sampleCount, Math.floor(8 / more.every));
      if (tensors.sampleCount === 0) continue;
      const read = ({samples, sums}: Simulation) => (more.samples === undefined ? samples : (sums as unknown as Simulation["samples"]));
      assert.ok(distance(read(plain), read(tensors)) < 4 * rounding);
      assert.deepEqual(tensors.counts, plain.counts);
    }
  })
);

const growth = defineDynamics({
  name: "growth",
  parameters: {},
  state: {x: [], k: []},
  start: ({normal}) => ({x: normal()}),
  step: ({x, k}) => ({x: where(less(0, x), mul(x, 1e15), x), k: add(k, 1)})
});

test(
  "a replica that diverges is recorded with its step, and left out of sums from then on",
  guarded(
    () => {
      const entry: CatalogueEntry = {dynamics: growth as unknown as Dynamics, parameters: {}};
      const kept = request(entry, {replicas: 20});
      const [plain, tensors] = [interpreted(entry, kept), onTensors(entry, kept)];
      assert.deepEqual(tensors.divergedAt, plain.divergedAt);
      assert.deepEqual(tensors.samples, plain.samples);
      assert.ok(tensors.divergedAt.includes(0) && tensors.divergedAt.includes(3));
      const summed = request(entry, {replicas: 20, samples: "sums"});
      const [sums, expected] = [onTensors(entry, summed), interpreted(entry, summed)];
      assert.deepEqual(sums.counts, expected.counts);
      assert.deepEqual(sums.sums["k"], expected.sums["k"]);
      assert.deepEqual(Array.from(sums.sums["x"]!, Number.isFinite), Array.from(sums.counts, () => true));
    },
    {allowNaN: true}
  )
);

test(
  "draws of a stream are addressed: equal addresses give equal numbers, others give others",
  guarded(() => {
    for (const entry of catalogue) {
      const of = request(entry, {replicas: 5, steps: 4});
      const run = (cell: string) => onTensors(entry, of, statelessDraws(createStream({seed: 0, experiment: "catalogue", cell, block: 0})));
      assert.deepEqual(run("a"), run("a"));
      assert.ok(distance(run("a").samples, run("b").samples) > 0.01);
      assert.deepEqual(run("a").samples, onTensors(entry, request(entry, {replicas: 5, steps: 4, key: [9, 9]}), statelessDraws(createStream({seed: 0, experiment: "catalogue", cell: "a", block: 0}))).samples);
    }
  })
);

test(
  "an Ornstein–Uhlenbeck recursion on a stream has its exact mean and variance, in every coordinate its own",
  guarded(() => {
    const [a, s, steps, replicas] = [0.8, 0.5, 7, 4000];
    const dynamics = defineDynamics({name: "ou", parameters: {a: [], s: []}, state: {x: [3]}, start: () => ({x: 1}), step: ({x}, {parameters, normal}) => ({x: add(mul(parameters.a, x), mul(parameters.s, stack([normal(), element(normal(2), 1), mul(0.5, repeatSum(4, () => normal()))])))})});
    const {state} = runOnTensors(dynamics, {parameters: {a, s}, key: [0, 0], replicas, steps}, statelessDraws(createStream({seed: 1, experiment: "ou", cell: "", block: 0})));
    const x = Array.from(state["x"]!, (value) => value - a ** steps);
    const variance = (s ** 2 * (1 - a ** (2 * steps))) / (1 - a ** 2);
    const mean = (of: (i: number) => number) => x.reduce((total, _, i) => total + of(i), 0) / x.length;
    // Three tests at a joint alpha of 1e-5: 4.7 standard errors.
    assert.ok(Math.abs(mean((i) => x[i]!)) < 4.7 * Math.sqrt(variance / x.length));
    assert.ok(Math.abs(mean((i) => x[i]! ** 2) - variance) < 4.7 * variance * Math.sqrt(2 / x.length));
    assert.ok(Math.abs(mean((i) => x[i]! * x[i - (i % 3) + ((i + 1) % 3)]!)) < 4.7 * variance / Math.sqrt(x.length));
  })
);

test(
  "what a run holds does not grow with its steps",
  guarded(() => {
    for (const entry of catalogue) {
      const held: number[] = [];
      const of = request(entry, {replicas: 3, steps: 6});
      const draws = statelessDraws(createStream({seed: 0, experiment: "memory", cell: "", block: 0}));
      const watched: TensorDraws = {...draws, draw: (drawing) => {
        if (drawing.draw === 0 && drawing.evaluation === 0 && drawing.step !== undefined) held.push(tf.memory().numTensors);
        return draws.draw(drawing);
      }};
      onTensors(entry, of, watched);
      assert.deepEqual(held.slice(1), Array(5).fill(held[1]), entry.dynamics.name);
    }
  })
);

test(
  "rows without replacement on a stream go through the table once a pass, each replica and pass in an order of its own",
  guarded(() => {
    const dynamics = defineDynamics({
      name: "passes",
      parameters: {},
      tables: {data: 1},
      state: {first: [], last: []},
      start: ({tables: {data}}) => ({first: data.value(data.drawRowWithoutReplacement(), 0)}),
      step: ({first, last}, {tables: {data}}) => ({first, last: add(mul(0, last), data.value(data.drawRowWithoutReplacement(), 0))})
    });
    const [rows, replicas] = [9, 30];
    const table = {rows, values: Float32Array.from({length: rows}, (_, i) => i)};
    const {samples, state} = runOnTensors(dynamics, {parameters: {}, tables: {data: table}, key: [0, 0], replicas, steps: 3 * rows - 1, observe: ({last}) => ({last})}, statelessDraws(createStream({seed: 1, experiment: "passes", cell: "", block: 0})));
    const orders = Array.from({length: replicas}, (_, r) => [state["first"]![r]!, ...Array.from({length: 3 * rows - 1}, (_, step) => samples["last"]![step * replicas + r]!)]);
    const passes = orders.flatMap((order) => [0, 1, 2].map((pass) => order.slice(pass * rows, (pass + 1) * rows)));
    for (const pass of passes) assert.deepEqual([...pass].sort((a, b) => a - b), [...table.values]);
    assert.equal(new Set(passes.map(String)).size, passes.length);
  })
);

test(
  "what a run cannot take is refused before any work, and leaves nothing behind",
  guarded(() => {
    const [entry] = catalogue as readonly [CatalogueEntry];
    const stream = createStream({seed: 0, experiment: "e", cell: "c", block: 0});
    assert.throws(() => onTensors(entry, request(entry, {precision: "float64"})), /^RangeError: ornstein-uhlenbeck: precision: expected float32, the precision of tensors, found float64$/);
    assert.throws(() => onTensors(entry, request(entry, {parameters: {rate: 1}})), /^RangeError: ornstein-uhlenbeck: parameter scale: expected 13 numbers, found nothing$/);
    assert.throws(() => onTensors(entry, request(entry), statelessDraws(stream)), /^RangeError: statelessDraws: expected replicas from 0 on, found them from 5 on$/);
    assert.throws(() => onTensors(entry, request(entry, {steps: 9}), drawsOf(entry, request(entry))), /^RangeError: givenDraws: expected the numbers of draw 0, evaluation 0, of step 8, found none$/);
  })
);
