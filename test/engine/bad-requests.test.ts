import assert from "node:assert/strict";
import {test} from "node:test";
import {createEngine} from "../../src/engine/index.ts";
import type {EngineParts} from "../../src/engine/index.ts";
import {createStream} from "../../src/random/index.ts";
import {add, defineDynamics, dot, ensemblesHere, lowerKernel, mul, planPassages, planSimulation} from "../../src/kernels/index.ts";
import type {Ensembles} from "../../src/kernels/index.ts";

const descent = defineDynamics({
  name: "descent",
  parameters: {rate: [], target: [2]},
  tables: {data: 3},
  state: {w: [2]},
  step: ({w}, {parameters: {rate, target}, tables: {data}, step}) => ({w: add(w, mul(mul(rate, add(target, data.row(data.drawRow(), 0, 2))), add(1, mul(0, step))))})
});

const good = {parameters: {rate: 0.5, target: [1, 2]}, tables: {data: {rows: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6)}}, key: [1, 2], replicas: 3, steps: 4} as const;
const norm = {observe: ({w}: {w: Parameters<typeof dot>[0]}) => ({norm: dot(w, w)})};
const passing = {quantity: norm.observe, levels: [1, 2]};

type Bad = readonly [change: Readonly<Record<string, unknown>>, message: string | RegExp];

const integers = (where: string, least: number, most: number, values: readonly unknown[], change: (value: unknown) => Readonly<Record<string, unknown>>): readonly Bad[] =>
  values.map((value) => [change(value), `descent: ${where}: expected an integer from ${least} to ${most}, found ${typeof value === "string" ? JSON.stringify(value) : String(value)}`]);

const tooLarge = /^descent: memory of a block of replicas: expected at most 2147418112 bytes, found \d{10}: take fewer samples or levels, or smaller tables$/;

const shared: readonly Bad[] = [
  [{parameters: {target: [1, 2]}}, "descent: parameter rate: expected a number, found nothing"],
  [{parameters: {rate: 1}}, "descent: parameter target: expected 2 numbers, found nothing"],
  [{parameters: {...good.parameters, speed: 1}}, "descent: parameter speed: expected one of rate, target"],
  [{parameters: {...good.parameters, toString: 1}}, "descent: parameter toString: expected one of rate, target"],
  [{parameters: {...good.parameters, rate: NaN}}, "descent: parameter rate: expected a number, found NaN"],
  [{parameters: {...good.parameters, rate: "1"}}, 'descent: parameter rate: expected a number, found "1"'],
  [{parameters: {...good.parameters, rate: [1]}}, "descent: parameter rate: expected a number, found [1]"],
  [{parameters: {...good.parameters, target: [1, 2, 3]}}, "descent: parameter target: expected 2 numbers, found [1,2,3]"],
  [{parameters: {...good.parameters, target: [1, NaN]}}, "descent: parameter target[1]: expected a number, found NaN"],
  [{parameters: undefined}, "descent: parameters: expected an object, found undefined"],
  [{tables: undefined}, "descent: table data: expected rows of 3 numbers, found nothing"],
  [{tables: {...good.tables, extra: good.tables.data}}, "descent: table extra: expected one of data"],
  [{tables: {data: {rows: 3, values: good.tables.data.values}}}, "descent: table data: expected 3 rows of 3 numbers, found 6 numbers"],
  [{tables: {data: {rows: 0, values: new Float32Array(0)}}}, "descent: table data: rows: expected an integer from 1 to 2147483647, found 0"],
  [{tables: {data: {rows: 2}}}, "descent: table data: values: expected a Float32Array or a Float64Array, found undefined"],
  [{tables: {data: {rows: 2, values: Float64Array.of(1, 2, 3, 4, NaN, 6)}}}, "descent: table data: row 1, column 1: expected a number, found NaN"],
  [{key: [1]}, "descent: key: expected two integers, found [1]"],
  [{key: undefined}, "descent: key: expected two integers, found undefined"],
  ...integers("key[1]", -(2 ** 31), 2 ** 32 - 1, [0.5, 2 ** 32, NaN, "1"], (word) => ({key: [1, word]})),
  ...integers("replicas", 1, 2 ** 31 - 2 ** 16, [0, -1, 1.5, NaN, Infinity, 2 ** 31, "3", undefined, null], (replicas) => ({replicas})),
  ...integers("replicas", 1, 2 ** 31 - 2 ** 16, [0, undefined], (count) => ({replicas: {first: 0, count}})),
  ...integers("first replica", 0, 2 ** 31 - 2 ** 16 - 3, [-1, 0.5, 2 ** 31], (first) => ({replicas: {first, count: 3}})),
  [{precision: "float16"}, 'descent: precision: expected float32 or float64, found "float16"'],
  [{steps: 2 ** 24 + 1}, "descent: steps: expected at most 16777216 where a float32 step reads its number, found 16777217"],
  [{tables: {data: {rows: 2 ** 28, values: Object.create(Float32Array.prototype, {length: {value: 3 * 2 ** 28}, findIndex: {value: () => -1}})}}}, tooLarge]
];

const simulations: readonly Bad[] = [
  ...integers("steps", 0, 2 ** 31 - 2, [-1, 0.5, 2 ** 31, 2 ** 31 - 1, NaN, 10n, undefined], (steps) => ({steps})),
  ...integers("every", 1, 2 ** 31 - 2, [0, -1, 1.5], (every) => ({...norm, every})),
  [{samples: "sum"}, 'descent: samples: expected replicas or sums, found "sum"'],
  [{...norm, replicas: 100_000, steps: 10_000}, "descent: results: expected at most 2147483648 bytes, found 4001200000: take fewer samples, their sums, or ranges of replicas"],
  [{replicas: 2 ** 30}, "descent: results: expected at most 2147483648 bytes, found 12884901888: take fewer samples, their sums, or ranges of replicas"],
  [{...norm, replicas: 1, samples: "sums", steps: 2 ** 24}, tooLarge]
];

const passages: readonly Bad[] = [
  ...integers("steps", 1, 2 ** 31 - 2, [0, -1, 0.5, 2 ** 31, NaN], (steps) => ({steps})),
  [{levels: []}, "descent: levels: expected at least one number, found []"],
  [{levels: 1}, "descent: levels: expected at least one number, found 1"],
  ...[[1, 1], [2, 1], [1, NaN], [1, Infinity], [1, "2"], [1, 1 + 1e-9]].map((levels): Bad => [{levels}, `descent: levels[1]: expected a finite number above the level before it, found ${typeof levels[1] === "string" ? '"2"' : String(levels[1])}`]),
  [{quantity: ({w}: {w: unknown}) => ({w})}, "descent: quantity: expected one scalar observable, found one of shape [2]"],
  [{quantity: () => ({})}, "descent: quantity: expected one scalar observable, found 0"],
  [{replicas: 2 ** 28}, "descent: results: expected at most 2147483648 bytes, found 4294967296: take fewer samples, their sums, or ranges of replicas"]
];

/** Parts that may not be touched. */
const untouched = (): Partial<EngineParts> => {
  const touched = () => assert.fail("something was started");
  return {pool: {open: touched, close: async () => {}}, library: {vectorBits: touched, open: touched}, worth: {threads: 0, looking: 0, compiling: 0}};
};

async function assertRefused(ensembles: Ensembles, bad: readonly Bad[], kind: "simulation" | "passages"): Promise<void> {
  for (const [change, message] of bad) {
    const request = {...good, ...(kind === "passages" ? passing : {}), ...change} as never;
    const run = kind === "simulation" ? ensembles.simulate(descent, request) : ensembles.firstPassages(descent, request);
    await assert.rejects(run, (error: Error) => (typeof message === "string" ? assert.equal(error.message, message) : assert.match(error.message, message), true), String(message));
  }
}

test("what a request cannot mean is one clear error before a thread is started or memory is had", async (t) => {
  const memory = t.mock.method(WebAssembly, "Memory", () => assert.fail("memory was had"));
  for (const ensembles of [createEngine({threads: 2}, untouched()), createEngine({threads: 2, native: "always"}, untouched()), ensemblesHere]) {
    await assertRefused(ensembles, [...shared, ...simulations], "simulation");
    await assertRefused(ensembles, [...shared, ...passages], "passages");
  }
  assert.equal(memory.mock.callCount(), 0);
});

test("what an engine cannot be is refused", () => {
  for (const threads of [0, -1, 1.5, NaN, 257]) assert.throws(() => createEngine({threads}), {name: "RangeError", message: `threads: expected an integer from 1 to 256, found ${threads}`});
  assert.throws(() => createEngine({native: "allways" as "always"}), {name: "RangeError", message: "native: expected auto, never or always, found allways"});
});

test("a seed that is no safe integer is refused where the key of an ensemble comes from", () => {
  for (const seed of [0.5, NaN, 2 ** 53]) assert.throws(() => createStream({seed, experiment: "e", cell: "c", block: 0}).ensembleKey(), new RegExp(`seed: .*found ${seed}`));
});

test("the memory of a run does not grow with its steps", () => {
  const bytesOf = (steps: number) => {
    const plans = [planSimulation(descent, {...good, steps}), planSimulation(descent, {...good, ...norm, steps, every: steps / 10}), planSimulation(descent, {...good, ...norm, samples: "sums", steps, every: steps / 10}), planPassages(descent, {...good, ...passing, steps})];
    return plans.map(({kernel, layout}) => layout(lowerKernel(kernel, 4), 256).bytes);
  };
  assert.deepEqual(bytesOf(1_000_000), bytesOf(1000));
});

test("the results of two million replicas are put together", () => {
  const replicas = 2_000_000;
  const simulation = planSimulation(descent, {...good, replicas});
  const blocks = simulation.blocks(256);
  const numbered = ({first, count}: {first: number; count: number}, from = 0) => Int32Array.from({length: count}, (_, i) => from + first + i);
  const {divergedAt, state} = simulation.merge(blocks, blocks.map((block) => ({states: Float32Array.from([...numbered(block), ...numbered(block, 1)]), divergences: numbered(block), samples: new Float32Array(0)})));
  assert.deepEqual([divergedAt.length, divergedAt[1_999_999], state.w!.length], [replicas, 1_999_999, 2 * replicas]);
  assert.deepEqual([...state.w!.subarray(-4)], [1_999_998, 1_999_999, 1_999_999, 2_000_000]);
  const passage = planPassages(descent, {...good, ...passing, replicas});
  const passed = passage.merge(blocks, blocks.map((block) => ({passages: Int32Array.from([...numbered(block), ...numbered(block, 5)]), ends: numbered(block), reasons: numbered(block).map((i) => i % 3), records: new Float32Array(0)})));
  assert.deepEqual([passed.ends[1_999_999], passed.passages[replicas - 1], passed.passages[2 * replicas - 1]], [1_999_999, 1_999_999, 2_000_004]);
  assert.deepEqual([passed.reasons.length, ...passed.reasons.slice(-3)], [replicas, "diverged", "passed", "censored"]);
});
