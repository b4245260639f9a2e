import assert from "node:assert/strict";
import { test } from "node:test";

import { tf } from "../../src/tensors/index.ts";
import type { Tensor, Tensor2D } from "../../src/tensors/index.ts";

const mebibyte = 2 ** 20;

/** Layers of activations, all held to the end; then products of pairs of them, held too. */
function layersAndProducts(weights: Tensor2D): void {
  tf.tidy(() => {
    const values: Tensor2D[] = [];
    let value: Tensor = tf.ones([450, weights.shape[0]]);
    for (let layer = 0; layer < 8; layer += 1) values.push((value = tf.relu(tf.add(tf.matMul(value as Tensor2D, weights), 1))) as Tensor2D);
    for (const left of values) for (const right of values) tf.add(tf.matMul(left, right, false, true), 1);
  });
}

/** Half of what one run holds, above what garbage of V8 adds (20 MiB), below what a heap that fragments does (140 MiB). */
const tolerance = 64 * mebibyte;

test("memory of tensors that were freed is used again", () => {
  const weights = tf.fill([500, 500], 1e-3) as Tensor2D;
  layersAndProducts(weights);
  layersAndProducts(weights);
  const before = process.resourceUsage().maxRSS * 1_024;
  for (let run = 0; run < 12; run += 1) layersAndProducts(weights);
  const grown = process.resourceUsage().maxRSS * 1_024 - before;
  weights.dispose();
  assert.ok(grown < tolerance, `twelve more runs took ${(grown / mebibyte).toFixed(1)} MiB more`);
});
