import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findRoot, minimize } from "../../src/numerics/index.ts";

test("roots are found to rounding, flat, steep and at the ends", () => {
  assert.ok(Math.abs(findRoot((x) => Math.cos(x) - x, 0, 1) - 0.7390851332151607) < 1e-13);
  assert.ok(Math.abs(findRoot((x) => (x - 1) ** 9, 0, 5) - 1) < 1e-2);
  assert.ok(Math.abs(findRoot((x) => Math.tanh(1e6 * (x - 0.3)), -10, 1) - 0.3) < 1e-13);
  assert.equal(findRoot((x) => x, 0, 1), 0);
  assert.equal(findRoot((x) => x - 1, 0, 1), 1);
});

test("a root planted anywhere is recovered", () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 5, noNaN: true }), (root, slope) => {
      const found = findRoot((x) => slope * (x - root) + (x - root) ** 3, root - 7, root + 31);
      assert.ok(Math.abs(found - root) < 1e-11);
    }),
  );
});

test("minima are found inside and at the ends", () => {
  const inside = minimize((x) => (x - 2) ** 4 + 1, 0, 7);
  assert.ok(Math.abs(inside.at - 2) < 1e-3 && Math.abs(inside.value - 1) < 1e-12);
  assert.ok(Math.abs(minimize((x) => Math.sin(x) / x, 3, 6).value + 0.21723362821122166) < 1e-14);
  assert.ok(minimize((x) => x, -1, 3).at < -1 + 1e-6);
});

test("bad brackets and values are refused by name", () => {
  assert.throws(() => findRoot((x) => x * x + 1, -1, 1), /RangeError: f\(upper\): expected a sign other than that of f\(lower\) = 2, found 2/);
  assert.throws(() => findRoot(Math.log, -1, 2), /RangeError: f\(-1\): expected a finite number, found NaN/);
  assert.throws(() => findRoot((x) => x, -Infinity, 2), /RangeError: lower: /);
  assert.throws(() => minimize((x) => x, 1, 0), /RangeError: upper: /);
});
