import assert from "node:assert/strict";
import {test} from "node:test";

import fc from "fast-check";

import {hexadecimalFloat} from "../../../src/kernels/c/hexadecimal-float.ts";

/** The number of a literal, by the grammar of C: digits over a power of 16, times a power of 2. */
function read(literal: string): number {
  const [, sign, leading, digits = "", power] = /^(-?)0x([01])(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(literal)!;
  const significand = parseInt(leading + digits, 16) / 16 ** digits.length;
  const half = Math.trunc(Number(power) / 2);
  return (sign === "-" ? -1 : 1) * significand * 2 ** half * 2 ** (Number(power) - half);
}

test("a literal is written as C writes it", () => {
  const literals = {"0x1p+0": 1, "-0x0p+0": -0, "0x1.8p+1": 3, "-0x1.999999999999ap-4": -0.1, "0x1.fffffffffffffp+1023": Number.MAX_VALUE, "0x0.0000000000001p-1022": Number.MIN_VALUE, "0x1p-1022": 2 ** -1022};
  for (const [literal, value] of Object.entries(literals)) assert.equal(hexadecimalFloat(value), literal);
});

test("a literal is its number, to the last bit", () => {
  fc.assert(fc.property(fc.double({noDefaultInfinity: true, noNaN: true}), (value) => assert.ok(Object.is(read(hexadecimalFloat(value)), value))), {seed: 20261121, numRuns: 2000});
});

test("what has no literal is refused", () => {
  for (const value of [NaN, Infinity, -Infinity]) assert.throws(() => hexadecimalFloat(value), new RangeError(`hexadecimalFloat: expected a finite number, found ${value}`));
});
