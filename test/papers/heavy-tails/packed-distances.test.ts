import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {packDistances, unpackDistances, unpackFloat64Distances} from "../../../src/papers/heavy-tails/packed-distances.ts";

const largest = 2 ** 127 * (2 - 2 ** -23);
const smallest = 2 ** -149;

test("what is packed comes back to the last bit, in increasing order", () => {
  const distance = fc.oneof(fc.float({min: 0, max: Math.fround(largest), noNaN: true}).filter((value) => !Object.is(value, -0)), fc.constantFrom(0, smallest, 1, largest));
  fc.assert(
    fc.property(fc.array(distance), (values) => {
      const packed = packDistances(Float32Array.from(values));
      assert.match(packed, /^[\w-]*$/);
      assert.deepEqual(unpackDistances(packed), Float32Array.from(values).sort());
      assert.equal(packDistances(Float32Array.from(values.toReversed())), packed);
    }),
    {numRuns: 300, seed: 1}
  );
});

test("so does what is packed in float64", () => {
  const distance = fc.oneof(fc.double({min: 0, noNaN: true, noDefaultInfinity: true}).filter((value) => !Object.is(value, -0)), fc.constantFrom(0, Number.MIN_VALUE, 2 ** -1022, 2 ** -1042, 1, 1 + Number.EPSILON, Number.MAX_VALUE));
  fc.assert(fc.property(fc.array(distance), (values) => assert.deepEqual(unpackFloat64Distances(packDistances(Float64Array.from(values))), Float64Array.from(values).sort())), {numRuns: 300, seed: 1});
});

test("the text of a few distances by hand", () => {
  assert.equal(packDistances(Float32Array.of(0)), "A");
  assert.equal(packDistances(Float32Array.of(33 * smallest, smallest, 0)), "ABgB");
  assert.equal(packDistances(Float32Array.of(1)), "gggg4f");
});

test("what is no distance, and text that is none, are refused with their place", () => {
  for (const value of [-1, -0, NaN, Infinity]) assert.throws(() => packDistances(Float32Array.of(1, value)), /^RangeError: distances\[1\]: expected a finite number of at least 0, found /);
  assert.throws(() => unpackDistances("AB,"), /^RangeError: packed distances, character 2: expected one of base64url, found /);
  assert.throws(() => unpackDistances("Aé"), /character 1: expected one of base64url/);
  assert.throws(() => unpackDistances("Ag"), /expected a last character below 32/);
});
