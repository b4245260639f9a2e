import assert from "node:assert/strict";
import { test } from "node:test";
import { normalPair } from "../../../src/kernels/functions/index.ts";
import { nextWord, seedReplica } from "../../../src/kernels/generators/index.ts";
import type { XoshiroState } from "../../../src/kernels/generators/index.ts";
import type { LaneArithmetic } from "../../../src/kernels/lane-arithmetic.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

const words = <W>(lanes: LaneArithmetic<number, W, boolean>, replica: bigint): (() => W) => {
  let state: XoshiroState<W> = seedReplica(lanes, [lanes.word(1n), lanes.word(2n)], lanes.word(replica));
  return () => {
    const step = nextWord(lanes, state);
    state = step.state;
    return step.output;
  };
};

/** The exact pair of radius √(−2 ln u) and the angle whose fraction of a quadrant is g, by the documented rule. */
const exactPair = (u: number, g: number, swapped: boolean, negative: boolean): readonly [number, number] => {
  const radius = (negative ? -1 : 1) * Math.sqrt(-2 * Math.log(u));
  const [x, y] = [radius * Math.cos((g * Math.PI) / 2), radius * Math.sin((g * Math.PI) / 2)];
  return swapped ? [y, x] : [x, y];
};

const exactPair32 = (first: number, second: number) =>
  exactPair(
    (Math.floor(first / 2) + 0.5) * 2 ** -31,
    ((second << 2) | 0) * 2 ** -32,
    ((second >>> 30) & 1) === 1,
    second >>> 31 === 1,
  );

const exactPair64 = (first: bigint, second: bigint) =>
  exactPair(
    1 - Number(first >> 12n) * 2 ** -52,
    Number(second & 0xfffffffffffffn) * 2 ** -52 - 0.5,
    ((second >> 62n) & 1n) === 1n,
    second >> 63n === 1n,
  );

const worst = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));

const corners32 = [0, 1, 2, 3, 64, 0x1fffffff, 0x20000000, 0x3fffffff, 0x40000000, 0x80000000, 0xbfffffff, 0xc0000000];

test("float32 pairs are within 1e-6 of the exact pair of their words while u < 3/4", () => {
  const next = words(float32Lanes, 0n);
  const check = (first: number, second: number): void => {
    const error = worst(normalPair(float32Lanes, first, second), exactPair32(first, second));
    assert.ok(error < 1e-6, `words ${first}, ${second}: ${error}`);
  };
  for (let draw = 0; draw < 300_000; draw++) check(Math.floor(next() * 0.75), next());
  for (let tail = 0; tail < 50_000; tail++) check(tail, next());
  for (const first of corners32) for (const second of corners32) if (first < 0xc0000000) check(first, second);
});

test("float32 pairs nearer to u = 1 are within the rounding of u to 24 bits", () => {
  const next = words(float32Lanes, 1n);
  for (let draw = 0; draw < 100_000; draw++) {
    const first = draw < 20_000 ? 2 ** 32 - 1 - draw : 2 ** 32 - 1 - Math.floor(next() / 4);
    const second = next();
    const [x, y] = normalPair(float32Lanes, first, second);
    const [exactX, exactY] = exactPair32(first, second);
    const square = exactX ** 2 + exactY ** 2;
    assert.ok(Math.abs(x ** 2 + y ** 2 - square) < 2 ** -23 + 5e-7 * square, `${first}`);
    assert.ok(worst([x, y], [exactX, exactY]) < 2.5e-4, `words ${first}, ${second}`);
  }
});

test("float64 pairs are within 4e-15 of the exact pair of their words", () => {
  const next = words(float64Lanes, 0n);
  const check = (first: bigint, second: bigint): void => {
    const error = worst(normalPair(float64Lanes, first, second), exactPair64(first, second));
    assert.ok(error < 4e-15, `words ${first}, ${second}: ${error}`);
  };
  for (let draw = 0; draw < 50_000; draw++) check(next(), next());
  for (let tail = 0n; tail < 10_000n; tail++) {
    check(2n ** 64n - 1n - (tail << 12n), next());
    check(tail << 12n, next());
  }
});

test("pairs are finite at every corner, and the largest has the stated size", () => {
  for (const first of [...corners32, 0xfffffffe, 0xffffffff]) {
    for (const second of [...corners32, 0xffffffff]) {
      const [x, y] = normalPair(float32Lanes, first, second);
      assert.ok(Number.isFinite(x) && Number.isFinite(y), `words ${first}, ${second}`);
      const wide = [first, second].map((word) => (BigInt(word) << 32n) | BigInt(word)) as [bigint, bigint];
      assert.ok(normalPair(float64Lanes, ...wide).every(Number.isFinite), `words ${wide}`);
    }
  }
  assert.ok(Math.abs(Math.hypot(...normalPair(float32Lanes, 0, 0x20000000)) - Math.sqrt(64 * Math.LN2)) < 1e-6);
  const farthest = normalPair(float64Lanes, 2n ** 64n - 1n, 0n);
  assert.ok(Math.abs(Math.hypot(...farthest) - Math.sqrt(104 * Math.LN2)) < 4e-15);
  assert.deepEqual(normalPair(float32Lanes, 0xffffffff, 0).map(Math.abs), [0, 0]);
  assert.deepEqual(normalPair(float64Lanes, 0n, 0n).map(Math.abs), [0, 0]);
});

test("the words of the second argument go once around the circle, evenly", () => {
  const count = 4096;
  const angles32 = Array.from({ length: count }, (_, index) => normalPair(float32Lanes, 0, index * 2 ** 20 + 2 ** 19));
  const angles64 = Array.from({ length: count }, (_, index) => {
    const [top, fraction] = [BigInt(index >> 10), BigInt(index & 1023)];
    return normalPair(float64Lanes, 0x8000000000000000n, (top << 62n) | (fraction << 42n) | (1n << 41n));
  });
  for (const [pairs, tolerance] of [[angles32, 1e-6], [angles64, 1e-14]] as const) {
    const angles = pairs.map(([x, y]) => Math.atan2(y, x)).sort((a, b) => a - b);
    const step = (2 * Math.PI) / count;
    angles.forEach((angle, index) => {
      assert.ok(Math.abs(angle - (-Math.PI + (index + 0.5) * step)) < tolerance, `${index}: ${angle}`);
    });
  }
});

test("a radius exceeds 6 for as many words as it should, and the numbers' tails follow", () => {
  const radius = (first: number): number => Math.hypot(...normalPair(float32Lanes, first, 0x12345678));
  for (const level of [4, 5, 5.5, 6]) {
    let [inside, outside] = [2 ** 32 - 1, 0];
    while (inside - outside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (radius(middle) > level) outside = middle;
      else inside = middle;
    }
    const probability = inside / 2 ** 32;
    // Words that differ in their last bit share a radius, so the count is off by one at most: 1 % at 6, with 66 words.
    assert.ok(Math.abs(probability / Math.exp(-(level ** 2) / 2) - 1) < 0.01, `${level}: ${probability}`);
  }
  for (const level of [4, 6, 8]) {
    let [inside, outside] = [0n, 2n ** 64n - 1n];
    while (outside - inside > 1n) {
      const middle = (inside + outside) / 2n;
      if (Math.hypot(...normalPair(float64Lanes, middle, 0n)) > level) outside = middle;
      else inside = middle;
    }
    const probability = Number(2n ** 64n - outside) * 2 ** -64;
    assert.ok(Math.abs(probability / Math.exp(-(level ** 2) / 2) - 1) < 0.02, `${level}: ${probability}`);
  }
});

test("a pair in lanes of 32 bits takes 54 operations, in lanes of 64 bits 70", () => {
  const constants = new Set(["bits", "real", "word", "bitsOf", "realOf"]);
  const count = <W>(lanes: LaneArithmetic<number, W, boolean>): number => {
    let operations = 0;
    const counted = Object.entries(lanes).map(([name, operation]) => {
      const counting = (...values: unknown[]): unknown => {
        operations += 1;
        return (operation as (...values: unknown[]) => unknown)(...values);
      };
      return [name, constants.has(name) ? operation : counting] as const;
    });
    const counting = Object.fromEntries(counted) as unknown as LaneArithmetic<number, W, boolean>;
    normalPair(counting, lanes.word(12345n), lanes.word(67890n));
    return operations;
  };
  assert.equal(count(float32Lanes), 54);
  assert.equal(count(float64Lanes), 70);
});
