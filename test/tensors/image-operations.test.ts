import assert from "node:assert/strict";
import { test } from "node:test";
import { imagePatches, poolingGradient, tf } from "../../src/tensors/index.ts";
import type { Tensor } from "../../src/tensors/index.ts";

const image = (...rows: number[][]) => tf.tensor4d([rows.map((row) => row.map((value) => [value]))]);
const flat = (tensor: Tensor) => [...tensor.dataSync()];

test("patches go over rows, then columns, and `same` pads with zeros", () => {
  tf.tidy(() => {
    const inside = imagePatches(image([1, 2, 3], [4, 5, 6]), [2, 2], "valid");
    assert.deepEqual(inside.arraySync(), [[[1, 2, 4, 5], [2, 3, 5, 6]]]);
    const padded = imagePatches(image([1, 2], [3, 4]), [3, 3], "same");
    assert.deepEqual(padded.arraySync(), [[[0, 0, 0, 0, 1, 2, 0, 3, 4], [0, 0, 0, 1, 2, 0, 3, 4, 0], [0, 1, 2, 0, 3, 4, 0, 0, 0], [1, 2, 0, 3, 4, 0, 0, 0, 0]]]);
  });
});

test("patches times a kernel are a convolution, channels in the order of the kernel", () => {
  tf.tidy(() => {
    const images = tf.randomNormal([2, 4, 5, 3], 0, 1, "float32", 1) as ReturnType<typeof image>;
    const kernel = tf.randomNormal([3, 2, 3, 4], 0, 1, "float32", 2) as ReturnType<typeof image>;
    for (const padding of ["same", "valid"] as const) {
      const product = tf.matMul(tf.reshape(imagePatches(images, [3, 2], padding), [-1, 18]), tf.reshape(kernel, [18, 4]));
      const expected = flat(tf.conv2d(images, kernel, 1, padding));
      flat(product).forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-5));
    }
  });
});

test("the gradient of a maximum goes to the first largest entry, that of a mean to all", () => {
  tf.tidy(() => {
    const images = image([1, 7, 2, 2, 9], [7, 3, 1, 0, 9]);
    const shared = { images, gradient: image([10, 20]), window: [2, 2], padding: "valid" } as const;
    const maxima = poolingGradient("max", { ...shared, pooled: tf.maxPool(images, 2, 2, "valid") });
    assert.deepEqual(flat(maxima), [0, 10, 20, 0, 0, 0, 0, 0, 0, 0]);
    const means = poolingGradient("average", { ...shared, pooled: tf.avgPool(images, 2, 2, "valid") });
    assert.deepEqual(flat(means), [2.5, 2.5, 5, 5, 0, 2.5, 2.5, 5, 5, 0]);
  });
});

test("images of another rank or type are refused", () => {
  const found = (shape: number[]) => tf.zeros(shape);
  tf.tidy(() => {
    assert.throws(() => imagePatches(found([2, 3, 3]), [2, 2], "same"), { name: "TypeError", message: "ExtractImagePatches: expected float32 images (n, height, width, channels), found float32 (2,3,3)" });
    assert.throws(() => imagePatches(tf.zeros([1, 2, 2, 1], "int32"), [2, 2], "same"), { name: "TypeError", message: /found int32/ });
  });
});
