import assert from "node:assert/strict";
import {test} from "node:test";
import {leadingEigenpairs} from "../../src/models/index.ts";
import {normals, symmetricEigen, tf} from "../../src/tensors/index.ts";
import type {Tensor2D} from "../../src/tensors/index.ts";
import {testStream} from "./small-networks.ts";

const diagonal = (entries: readonly number[]) => (vector: Float64Array) => vector.map((x, i) => entries[i]! * x);

test("a diagonal operator gives its largest entries in order with their axes, whatever the signs", () => {
  const entries = Array.from({length: 400}, (_, i) => (i === 17 ? 5 : i === 300 ? 3 : i === 2 ? -9 : Math.cos(i) / 2));
  const {values, vectors} = leadingEigenpairs(400, diagonal(entries), 2);
  assert.ok(Math.abs(values[0]! - 5) < 1e-9 && Math.abs(values[1]! - 3) < 1e-9);
  [17, 300].forEach((axis, i) => assert.ok(Math.abs(Math.abs(vectors[i]![axis]!) - 1) < 1e-9));
});

test("agrees with a full decomposition of a Gram matrix", () => {
  const matrix = tf.tidy(() => {
    const scaled = tf.mul(normals(testStream(), 0, [120, 60], "rows"), tf.exp(tf.mul(tf.range(0, 60), -0.15)));
    return tf.matMul(scaled, scaled, false, true) as Tensor2D;
  });
  const {values, vectors} = leadingEigenpairs(120, (vector) => tf.tidy(() => tf.matMul(matrix, tf.tensor2d(Float32Array.from(vector), [120, 1])).dataSync()), 6);
  const full = symmetricEigen(matrix);
  const expected = [...full.values.dataSync()].reverse(), columns = tf.tidy(() => tf.transpose(full.vectors).arraySync() as number[][]).reverse();
  vectors.forEach((vector, k) => {
    assert.ok(Math.abs(values[k]! / expected[k]! - 1) < 1e-5);
    assert.ok(Math.abs(Math.abs(vector.reduce((sum, x, i) => sum + x * columns[k]![i]!, 0)) - 1) < 1e-5);
  });
  tf.dispose([matrix, full.values, full.vectors]);
});

test("a wish that cannot be met is refused", () => {
  const refused = (message: string | RegExp) => ({name: "RangeError", message});
  assert.throws(() => leadingEigenpairs(3, diagonal([1, 2, 3]), 4), refused("wanted: expected an integer from 1 to 3, found 4"));
  assert.throws(() => leadingEigenpairs(3, diagonal([0, 0, 0]), 2), refused("wanted: expected at most the 1 dimensions that the operator reaches, found 2"));
  assert.throws(() => leadingEigenpairs(3, diagonal([1, NaN, 3]), 1), refused("eigenvalues: expected a finite operator, found NaN"));
  const crowded = Array.from({length: 2000}, (_, i) => Math.cos((Math.PI * i) / 2000));
  assert.throws(() => leadingEigenpairs(2000, diagonal(crowded), 3, 1e-12), refused(/in 300 steps/));
});
