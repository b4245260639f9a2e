import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSeed } from "../../src/random/index.ts";

test("zero and the largest safe integer are ordinary seeds", () => {
  assert.equal(checkSeed(0, "seed"), 0);
  assert.equal(checkSeed(7, "seed"), 7);
  assert.equal(checkSeed(2 ** 53 - 1, "seed"), 9007199254740991);
});

test("-0 is the seed 0", () => {
  assert.ok(Object.is(checkSeed(-0, "seed"), 0));
});

const refused: readonly (readonly [unknown, string])[] = [
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [2 ** 53, "9007199254740992"],
  [1.5, "1.5"],
  [-1, "-1"],
  ["7", '"7" (string)'],
  [7n, "7n (bigint)"],
  [null, "null"],
  [undefined, "nothing"],
  [true, "a value of type boolean"],
  [[7], "an array"],
];

for (const [value, found] of refused) {
  test(`${found} is refused by name`, () => {
    assert.throws(() => checkSeed(value, "escape-rate.seed"), {
      name: "RangeError",
      message: `escape-rate.seed: expected an integer from 0 to 9007199254740991, found ${found}`,
    });
  });
}
