import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { uniform, uniformIndex } from "../../../src/kernels/functions/index.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

const words32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const words64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

test("a uniform number is the word's upper bits as a fraction", () => {
  assert.equal(uniform(float32Lanes, 0), 0);
  assert.equal(uniform(float32Lanes, 0xffffffff), 1 - 2 ** -24);
  assert.equal(uniform(float64Lanes, 0n), 0);
  assert.equal(uniform(float64Lanes, 2n ** 64n - 1n), 1 - 2 ** -52);
  fc.assert(
    fc.property(words32, words64, (a, b) => {
      assert.equal(uniform(float32Lanes, a), Math.floor(a / 2 ** 8) * 2 ** -24);
      assert.equal(uniform(float64Lanes, b), Number(b / 2n ** 12n) * 2 ** -52);
    }),
    { seed: 1 },
  );
});

test("an index is the integer part of the word's fraction times the count", () => {
  fc.assert(
    fc.property(words32, words64, fc.integer({ min: 1, max: 2 ** 32 - 1 }), (a, b, count) => {
      assert.equal(uniformIndex(float32Lanes, a, count), Number((BigInt(a) * BigInt(count)) / 2n ** 32n));
      assert.equal(uniformIndex(float64Lanes, b, BigInt(count)), ((b / 2n ** 32n) * BigInt(count)) / 2n ** 32n);
    }),
    { seed: 1 },
  );
  assert.equal(uniformIndex(float32Lanes, 0xffffffff, 10_000), 9999);
  assert.equal(uniformIndex(float64Lanes, 2n ** 64n - 1n, 2n ** 32n - 1n), 2n ** 32n - 2n);
  assert.equal(uniformIndex(float64Lanes, 2n ** 32n - 1n, 2n ** 32n - 1n), 0n);
});

test("each index is reached by the same number of words, give or take one", () => {
  const count = 10_007;
  const first = (index: number): bigint => (BigInt(index) * 2n ** 32n + BigInt(count) - 1n) / BigInt(count);
  for (const index of [0, 1, 2, 5000, 10_005, 10_006]) {
    const start = Number(first(index));
    const end = Number(first(index + 1));
    assert.equal(uniformIndex(float32Lanes, start, count), index);
    assert.equal(uniformIndex(float32Lanes, end - 1, count), index);
    assert.ok(Math.abs(end - start - 2 ** 32 / count) < 1);
  }
});
