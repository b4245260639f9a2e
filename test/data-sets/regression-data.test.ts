import assert from "node:assert/strict";
import {test} from "node:test";
import {evenOddRegression, firstSamples} from "../../src/data-sets/index.ts";

const images = {count: 3, height: 1, width: 2, maximumPixel: 16, pixels: Uint8Array.of(0, 16, 8, 4, 2, 1), labels: Uint8Array.of(0, 7, 8)};

test("even digits become +1, odd ones −1, pixels a fraction of the largest", () => {
  const data = evenOddRegression(images);
  assert.deepEqual([data.count, data.dimension], [3, 2]);
  assert.deepEqual([...data.inputs], [0, 1, 0.5, 0.25, 0.125, 0.0625]);
  assert.deepEqual([...data.targets], [1, -1, 1]);
});

test("takes the first samples and refuses more than there are", () => {
  const data = firstSamples(evenOddRegression(images), 2);
  assert.deepEqual([data.count, [...data.inputs], [...data.targets]], [2, [0, 1, 0.5, 0.25], [1, -1]]);
  for (const count of [0, 4, 1.5, NaN]) {
    assert.throws(() => firstSamples(evenOddRegression(images), count), {name: "RangeError", message: new RegExp(`1 to 3.*found ${count}`)});
  }
});
