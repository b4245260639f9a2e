import assert from "node:assert/strict";
import {test} from "node:test";
import {digits, pText, percent} from "../../src/verdicts/index.ts";

test("numbers of explanations have their significant digits, a true minus and powers of ten as such", () => {
  assert.deepEqual([0.012345, -4.5, 99_999, 0].map((value) => digits(value)), ["0.0123", "−4.5", "10⁵", "0"]);
  assert.deepEqual([1e6, -1e6, 1.234e-12, -2.5e30, Infinity, -Infinity].map((value) => digits(value)), ["10⁶", "−10⁶", "1.23·10⁻¹²", "−2.5·10³⁰", "Infinity", "−Infinity"]);
  assert.equal(digits(1.23456, 5), "1.2346");
  assert.deepEqual([percent(0.0123), percent(-0.5), percent(0)], ["+1.2 %", "−50.0 %", "0.0 %"]);
  assert.deepEqual([pText(0.01234), pText(1e-9)], ["p = 0.012", "p < 0.001"]);
});
