import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { float32Lanes, float64Lanes } from "../../src/kernels/number-lanes.ts";

const words32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const edgeWords = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];
const low32 = (value: bigint): number => Number(BigInt.asUintN(32, value));

test("32-bit words follow integer arithmetic modulo 2^32", () => {
  const check = (a: number, b: number): void => {
    const [x, y] = [BigInt(a), BigInt(b)];
    assert.equal(float32Lanes.addWords(a, b), low32(x + y));
    assert.equal(float32Lanes.subtractWords(a, b), low32(x - y));
    assert.equal(float32Lanes.multiplyWords(a, b), low32(x * y));
    assert.equal(float32Lanes.multiplyHigh(a, b), low32((x * y) >> 32n));
    assert.equal(float32Lanes.andWords(a, b), low32(x & y));
    assert.equal(float32Lanes.orWords(a, b), low32(x | y));
    assert.equal(float32Lanes.xorWords(a, b), low32(x ^ y));
    assert.equal(float64Lanes.multiplyHigh(x, y), (x * y) >> 32n);
  };
  for (const a of edgeWords) for (const b of edgeWords) check(a, b);
  fc.assert(fc.property(words32, words32, check), { seed: 1, numRuns: 2000 });
});

test("shifts fill with zeros and drop what leaves the word", () => {
  for (const a of edgeWords) {
    for (let count = 0; count < 32; count++) {
      assert.equal(float32Lanes.shiftLeft(a, count), low32(BigInt(a) << BigInt(count)));
      assert.equal(float32Lanes.shiftRight(a, count), low32(BigInt(a) >> BigInt(count)));
    }
  }
  assert.equal(float64Lanes.shiftLeft(0x8000000000000001n, 1), 2n);
  assert.equal(float64Lanes.shiftRight(0x8000000000000001n, 63), 1n);
});

test("64-bit words follow integer arithmetic modulo 2^64", () => {
  assert.equal(float64Lanes.addWords(0xffffffffffffffffn, 1n), 0n);
  assert.equal(float64Lanes.subtractWords(0n, 1n), 0xffffffffffffffffn);
  assert.equal(float64Lanes.multiplyWords(0xffffffffffffffffn, 0xffffffffffffffffn), 1n);
  assert.equal(float64Lanes.word(-1n), 0xffffffffffffffffn);
  assert.equal(float32Lanes.word(-1n), 0xffffffff);
  assert.equal(float32Lanes.word(0x100000002n), 2);
});

test("words read as signed integers become the nearest number", () => {
  assert.equal(float32Lanes.toReal(0xffffffff), -1);
  assert.equal(float32Lanes.toReal(0x80000000), -(2 ** 31));
  assert.equal(float32Lanes.toReal(0x7fffffff), 2 ** 31);
  assert.equal(float32Lanes.toReal(0x01000001), 2 ** 24);
  assert.equal(float32Lanes.toReal(0x01000003), 2 ** 24 + 4);
  assert.equal(float64Lanes.toReal(0xffffffffffffffffn), -1);
  assert.equal(float64Lanes.toReal(2n ** 51n), 2 ** 51);
  assert.equal(float64Lanes.toReal(2n ** 64n - 2n ** 51n), -(2 ** 51));
});

test("bit patterns and numbers are each other's inverse", () => {
  assert.equal(float32Lanes.bitsOf(1), 0x3f800000);
  assert.equal(float32Lanes.bitsOf(-0), 0x80000000);
  assert.equal(float32Lanes.realOf(1), 2 ** -149);
  assert.equal(float64Lanes.bitsOf(-1), 0xbff0000000000000n);
  assert.equal(float64Lanes.realOf(1n), 2 ** -1074);
  assert.ok(Number.isNaN(float32Lanes.realOf(0x7fc00000)));
  fc.assert(
    fc.property(fc.float({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
      assert.ok(Object.is(float32Lanes.realOf(float32Lanes.bitsOf(a)), a));
      assert.ok(Object.is(float64Lanes.realOf(float64Lanes.bitsOf(b)), b));
    }),
    { seed: 1 },
  );
});

test("float32 is rounded after every operation", () => {
  assert.equal(float32Lanes.add(2 ** 24, 1), 2 ** 24);
  assert.equal(float32Lanes.subtract(1, 2 ** -26), 1);
  assert.equal(float32Lanes.multiply(2 ** -100, 2 ** -50), 0);
  assert.equal(float32Lanes.multiply(2 ** -100, 2 ** -49), 2 ** -149);
  assert.equal(float32Lanes.multiply(2 ** 100, 2 ** 100), Infinity);
  assert.equal(float32Lanes.divide(1, 3), 0xaaaaab * 2 ** -25);
  assert.equal(float32Lanes.squareRoot(2), 0xb504f3 * 2 ** -23);
  assert.equal(float32Lanes.real(0.1), 0xcccccd * 2 ** -27);
});

for (const lanes of [float32Lanes, float64Lanes]) {
  test(`minimum and maximum return the first of a pair that is not ordered, ${lanes.bits} bits`, () => {
    assert.ok(Number.isNaN(lanes.minimum(Number.NaN, 1)));
    assert.equal(lanes.minimum(1, Number.NaN), 1);
    assert.ok(Number.isNaN(lanes.maximum(Number.NaN, 1)));
    assert.equal(lanes.maximum(1, Number.NaN), 1);
    assert.ok(Object.is(lanes.minimum(0, -0), 0));
    assert.ok(Object.is(lanes.maximum(-0, 0), -0));
    assert.equal(lanes.minimum(2, -3), -3);
    assert.equal(lanes.maximum(2, -3), 2);
  });

  test(`signs change on zeros and infinities, comparisons with NaN are false, ${lanes.bits} bits`, () => {
    assert.ok(Object.is(lanes.negate(0), -0));
    assert.ok(Object.is(lanes.absolute(-0), 0));
    assert.equal(lanes.absolute(-Infinity), Infinity);
    assert.equal(lanes.equal(0, -0), true);
    for (const compare of [lanes.less, lanes.lessOrEqual, lanes.equal]) {
      assert.equal(compare(Number.NaN, 0), false);
      assert.equal(compare(0, Number.NaN), false);
    }
    assert.ok(Number.isNaN(lanes.squareRoot(-1)));
    assert.ok(Object.is(lanes.squareRoot(-0), -0));
  });
}
