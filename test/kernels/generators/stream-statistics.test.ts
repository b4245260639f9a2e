import assert from "node:assert/strict";
import { test } from "node:test";
import { normalPair } from "../../../src/kernels/functions/index.ts";
import { nextWord, seedReplica } from "../../../src/kernels/generators/index.ts";
import type { XoshiroState } from "../../../src/kernels/generators/index.ts";
import { defineDynamics, equal, traceObservables, where } from "../../../src/kernels/index.ts";
import type { LaneArithmetic, LaneBits, ParameterShapes, SimulationBlock, StateShapes, TableColumns } from "../../../src/kernels/index.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";
import { runByWebAssembly } from "../run-block.ts";

/*
 * The joint error budget of this file is alpha = 1e-6. It makes about 70 tests of sums of 10^5 or more terms, each
 * two-sided at 5.8 standard errors (7e-9).
 */
const bound = 5.8;

type Key = readonly [number, number];

const draw = <W>(lanes: LaneArithmetic<number, W, boolean>, start: XoshiroState<W>, count: number): Float64Array => {
  let state = start;
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 2) {
    const first = nextWord(lanes, state);
    const second = nextWord(lanes, first.state);
    state = second.state;
    [values[index], values[index + 1]] = normalPair(lanes, first.output, second.output) as [number, number];
  }
  return values;
};

const normals = <W>(lanes: LaneArithmetic<number, W, boolean>, key: Key, replica: number, count: number) => {
  const [k0, k1, number] = [...key, replica].map((value) => lanes.word(BigInt(value))) as [W, W, W];
  return draw(lanes, seedReplica(lanes, [k0, k1], number), count);
};

/** `count` normals of each of the first replicas, by a compiled kernel whose steps draw `width` of them. */
const compiledNormals = (bits: LaneBits, key: Key, replicas: number, count: number, width: number): ((replica: number) => Float64Array) => {
  const dynamics = defineDynamics<ParameterShapes, StateShapes, TableColumns>({ name: "normals", parameters: {}, state: { x: [width] }, step: ({ x }, { normal }) => ({ x: where(equal(x, x), normal(width), 0) }) });
  const observables = traceObservables(dynamics, ({ x }) => ({ x }));
  const kernel = { kind: "simulation", dynamics, bits, observables, samples: "replicas" } as const;
  const call = { kernel, binding: { parameters: {}, tables: {}, key }, block: { first: 0, count: replicas }, run: { steps: count / width, every: 1 } };
  const { samples } = runByWebAssembly(call) as SimulationBlock;
  const ofReplica = (replica: number) => Float64Array.from({ length: count }, (_, index) => samples[index * replicas + replica] as number);
  for (const replica of [0, 1, replicas - 1]) {
    const first = Math.min(count, 1000);
    assert.deepEqual(ofReplica(replica).slice(0, first), bits === 32 ? normals(float32Lanes, key, replica, first) : normals(float64Lanes, key, replica, first));
  }
  return ofReplica;
};

/** Sums over pairs of values that should be independent: of their products, and of those of their centred squares. */
const createDependence = () => {
  let [count, products, squares] = [0, 0, 0];
  return {
    add(a: Float64Array, b: Float64Array, lag = 0): void {
      for (let index = 0; index + lag < a.length; index++) {
        const x = a[index] as number;
        const y = b[index + lag] as number;
        products += x * y;
        squares += (x * x - 1) * (y * y - 1);
      }
      count += a.length - lag;
    },
    assertNone(what: string): void {
      const scores = [products / Math.sqrt(count), squares / Math.sqrt(4 * count)];
      assert.ok(
        scores.every((score) => Math.abs(score) < bound),
        `${what}: ${scores}`,
      );
    },
  };
};

const createMoments = () => {
  const powers = [0, 0, 0, 0];
  let count = 0;
  return {
    add(values: Float64Array): void {
      for (const value of values) {
        let power = 1;
        for (let order = 0; order < 4; order++) powers[order] = (powers[order] as number) + (power *= value);
      }
      count += values.length;
    },
    /** Var X^k = E X^2k − (E X^k)² is 1, 2, 15, 96. */
    assertNormal(): void {
      const scores = [1, 2, 15, 96].map(
        (variance, order) => ((powers[order] as number) - ([0, 1, 0, 3][order] as number) * count) / Math.sqrt(variance * count),
      );
      assert.ok(
        scores.every((score) => Math.abs(score) < bound),
        `${scores}`,
      );
    },
  };
};

const streams = (bits: LaneBits, replicas: number, count: number) => {
  const drawn = compiledNormals(bits, [0x1a7bb4c8, 0xd3fdf24d], replicas, count, 200);
  const moments = createMoments();
  const lags = Array.from({ length: 8 }, createDependence);
  const neighbours = createDependence();
  const beyond = [0, 0, 0];
  let last: Float64Array | undefined;
  for (let replica = 0; replica < replicas; replica++) {
    const values = drawn(replica);
    moments.add(values);
    lags.forEach((lag, index) => lag.add(values, values, index + 1));
    if (last) neighbours.add(last, values);
    last = values;
    for (const value of values) {
      const size = Math.abs(value);
      if (size > 3) for (const level of [3, 4, 5]) if (size > level) beyond[level - 3] = (beyond[level - 3] as number) + 1;
    }
  }
  return { moments, lags, neighbours, beyond };
};

test("6.4 million float32 normals of 160 replicas have the moments, tails and independence of the law", () => {
  const [replicas, count] = [160, 40_000];
  const { moments, lags, neighbours, beyond } = streams(32, replicas, count);
  moments.assertNormal();
  lags.forEach((lag, index) => lag.assertNone(`lag ${index + 1}`));
  neighbours.assertNone("neighbouring replicas");
  for (const [index, probability] of [2.6997960632601886e-3, 6.334248366623995e-5].entries()) {
    const expected = probability * replicas * count;
    assert.ok(Math.abs((beyond[index] as number) - expected) < bound * Math.sqrt(expected), `${beyond}`);
  }
  // Poisson with mean 3.7: more than 20 has probability 4e-10.
  assert.ok((beyond[2] as number) <= 20, `${beyond}`);
});

test("200,000 float64 normals of 20 replicas have the moments and independence of the law", () => {
  const { moments, lags, neighbours } = streams(64, 20, 10_000);
  moments.assertNormal();
  lags.forEach((lag, index) => lag.assertNone(`lag ${index + 1}`));
  neighbours.assertNone("neighbouring replicas");
});

test("the first normals of 200,000 replicas are independent and normal", () => {
  const replicas = 200_000;
  const drawn = compiledNormals(32, [0, 0], replicas, 2, 2);
  const firsts = new Float64Array(2 * replicas);
  for (let replica = 0; replica < replicas; replica++) firsts.set(drawn(replica), 2 * replica);
  const moments = createMoments();
  moments.add(firsts);
  moments.assertNormal();
  for (const lag of [1, 2, 3, 4]) {
    const dependence = createDependence();
    dependence.add(firsts, firsts, lag);
    dependence.assertNone(`lag ${lag}`);
  }
});

test("replicas whose generators start from neighbouring states would be found out", () => {
  const neighbours = createDependence();
  for (let replica = 0; replica < 2000; replica++) {
    const start = (last: number): XoshiroState<number> => [0x1a7bb4c8, 0xd3fdf24d, 0x64726966, last];
    neighbours.add(draw(float32Lanes, start(2 * replica), 20), draw(float32Lanes, start(2 * replica + 1), 20));
  }
  assert.throws(() => neighbours.assertNone("neighbouring states"), /^AssertionError.*neighbouring states/);
});

const otherKeys: readonly (readonly [string, Key])[] = [
  ["the next key", [0, 1]],
  ["the next key's first word", [1, 0]],
  ["a key that one round's increment leads to", [0x9e3779b9, 0xbb67ae85]],
  ["the complement", [0xffffffff, 0xffffffff]],
];

for (const [name, key] of otherKeys) {
  test(`replicas of the key 0 and of ${name} are independent`, () => {
    const [same, shifted] = [createDependence(), createDependence()];
    const [ofZero, ofOther] = [compiledNormals(32, [0, 0], 50, 4000, 200), compiledNormals(32, key, 51, 4000, 200)];
    for (let replica = 0; replica < 50; replica++) {
      const values = ofZero(replica);
      same.add(values, ofOther(replica));
      shifted.add(values, ofOther(replica + 1));
    }
    same.assertNone("the same replica");
    shifted.assertNone("the next replica");
  });
}
