import assert from "node:assert/strict";
import { test } from "node:test";
import { normalPair } from "../../../src/kernels/functions/index.ts";
import { nextWord, seedReplica } from "../../../src/kernels/generators/index.ts";
import type { XoshiroState } from "../../../src/kernels/generators/index.ts";
import type { LaneArithmetic } from "../../../src/kernels/lane-arithmetic.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

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

const streams = <W>(lanes: LaneArithmetic<number, W, boolean>, replicas: number, count: number) => {
  const key = [0x1a7bb4c8, 0xd3fdf24d] as const;
  const moments = createMoments();
  const lags = Array.from({ length: 8 }, createDependence);
  const neighbours = createDependence();
  const beyond = [0, 0, 0];
  let last: Float64Array | undefined;
  for (let replica = 0; replica < replicas; replica++) {
    const values = normals(lanes, key, replica, count);
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
  const { moments, lags, neighbours, beyond } = streams(float32Lanes, replicas, count);
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
  const { moments, lags, neighbours } = streams(float64Lanes, 20, 10_000);
  moments.assertNormal();
  lags.forEach((lag, index) => lag.assertNone(`lag ${index + 1}`));
  neighbours.assertNone("neighbouring replicas");
});

test("the first normals of 200,000 replicas are independent and normal", () => {
  const replicas = 200_000;
  const firsts = new Float64Array(2 * replicas);
  for (let replica = 0; replica < replicas; replica++) firsts.set(normals(float32Lanes, [0, 0], replica, 2), 2 * replica);
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
    for (let replica = 0; replica < 50; replica++) {
      const values = normals(float32Lanes, [0, 0], replica, 4000);
      same.add(values, normals(float32Lanes, key, replica, 4000));
      shifted.add(values, normals(float32Lanes, key, replica + 1, 4000));
    }
    same.assertNone("the same replica");
    shifted.assertNone("the next replica");
  });
}
