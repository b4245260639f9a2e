import assert from "node:assert/strict";
import { test } from "node:test";
import erfc from "@stdlib/math-base-special-erfc";
import { createStream } from "../../src/random/index.ts";
import {
  normals,
  statelessNormal,
  statelessUniform,
  statelessUniformInteger,
  symmetricEigen,
  symmetricEigenvalues,
  tf,
  uniforms,
} from "../../src/tensors/index.ts";
import type { Tensor } from "../../src/tensors/index.ts";
import { guarded } from "../support/tensors.ts";

const take = (draw: () => Tensor): Float32Array => tf.tidy(() => draw().dataSync() as Float32Array);
const stream = createStream({ seed: 0, experiment: "escape-rate", cell: "a", block: 0 });

// Kolmogorov–Smirnov at alpha = 1e-5: sqrt(ln(2 / alpha) / 2) = 2.47.
const assertLaw = (sample: Float32Array, distribution: (value: number) => number): void => {
  const sorted = Float32Array.from(sample).sort();
  const distance = sorted.reduce((most, value, index) => {
    const expected = distribution(value);
    return Math.max(most, Math.abs(expected - index / sorted.length), Math.abs(expected - (index + 1) / sorted.length));
  }, 0);
  assert.ok(distance * Math.sqrt(sorted.length) < 2.47, `distance ${distance}`);
};

test(
  "the first numbers of key [0, 0] never change",
  guarded(() => {
    assert.deepEqual(
      [...take(() => statelessNormal([3], [0, 0]))],
      [-1.6970340013504028, -0.4813767075538635, -0.6622369289398193],
    );
  }),
);

test(
  "normals have the standard normal law and its moments",
  guarded(() => {
    const count = 131_072;
    const sample = take(() => normals(stream, 0, [count]));
    assertLaw(sample, (value) => erfc(-value / Math.SQRT2) / 2);
    const moment = (power: number): number => sample.reduce((sum, value) => sum + value ** power, 0) / count;
    // Four tests at a joint alpha of 1e-5 (4.7 standard errors); Var X^k = E X^2k - (E X^k)^2 is 1, 2, 15, 96.
    const bound = (variance: number): number => 4.7 * Math.sqrt(variance / count);
    assert.ok(Math.abs(moment(1)) < bound(1));
    assert.ok(Math.abs(moment(2) - 1) < bound(2));
    assert.ok(Math.abs(moment(3)) < bound(15));
    assert.ok(Math.abs(moment(4) - 3) < bound(96));
  }),
);

test(
  "one number of each of many steps has the standard normal law",
  guarded(() => {
    const count = 4096;
    const sample = Float32Array.from({ length: count }, (_, step) => take(() => normals(stream, step, [2]))[1] as number);
    assertLaw(sample, (value) => erfc(-value / Math.SQRT2) / 2);
  }),
);

test(
  "normals of neighbouring steps, purposes and blocks are uncorrelated",
  guarded(() => {
    const count = 100_000;
    const other = createStream({ ...stream.address, block: 1 });
    const sample = take(() => normals(stream, 0, [count]));
    const others = [
      take(() => normals(stream, 1, [count])),
      take(() => normals(stream, 0, [count], "labels")),
      take(() => normals(other, 0, [count])),
      sample.slice(1),
    ];
    for (const second of others) {
      const sum = second.reduce((total, value, index) => total + value * (sample[index] as number), 0);
      // Four tests at a joint alpha of 1e-5: 4.7 standard deviations.
      assert.ok(Math.abs(sum) < 4.7 * Math.sqrt(count), `${sum}`);
    }
  }),
);

test(
  "uniforms have the uniform law on [0, 1)",
  guarded(() => {
    const sample = take(() => uniforms(stream, 0, [131_072]));
    assertLaw(sample, (value) => value);
    assert.ok(sample.every((value) => value >= 0 && value < 1));
  }),
);

test(
  "integers are uniform on their range and stay in it",
  guarded(() => {
    const sample = take(() => statelessUniformInteger([70_000], [1, 2], -3, 4));
    const counts = new Map<number, number>();
    for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1);
    assert.deepEqual([...counts.keys()].sort((a, b) => a - b), [-3, -2, -1, 0, 1, 2, 3]);
    const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // The 1 - 1e-5 quantile of chi-squared with 6 degrees of freedom is 33.1.
    assert.ok(statistic < 33.1, `${statistic}`);
  }),
);

test(
  "the same key gives the same bytes in any order and between any other draws",
  guarded(() => {
    const keys = [0, 1, 2, 3].map((step) => stream.key(step));
    const forwards = keys.map((key) => take(() => statelessNormal([100, 3], key)));
    tf.tidy(() => void tf.randomNormal([10]));
    const backwards = [...keys].reverse().map((key) => take(() => statelessNormal([100, 3], key)));
    assert.deepEqual(forwards, backwards.reverse());
    assert.equal(new Set(forwards.map((values) => values[0])).size, 4);
  }),
);

test(
  "a shape keeps its type and its numbers in row order",
  guarded(() =>
    tf.tidy(() => {
      const matrix = statelessNormal([4, 5], [3, 4]);
      assert.deepEqual(matrix.shape, [4, 5]);
      assert.equal(matrix.dtype, "float32");
      assert.equal(statelessUniformInteger([2], [3, 4], 0, 9).dtype, "int32");
      assert.deepEqual(statelessNormal([20], [3, 4]).dataSync(), matrix.dataSync());
      assert.equal(statelessNormal([0, 5], [3, 4]).size, 0);
      assert.equal(statelessNormal([], [3, 4]).rank, 0);
    }),
  ),
);

test("a bad shape, key or range is refused by name", () => {
  assert.throws(() => statelessNormal([2, -1], [0, 0]), /^RangeError: StatelessRandomNormal: .*shape.*found \[2,-1\]$/);
  assert.throws(() => statelessNormal([1.5], [0, 0]), /found \[1\.5\]$/);
  assert.throws(() => statelessUniform([2], [0, 2 ** 31]), /two int32, found \[0,2147483648\]$/);
  assert.throws(() => statelessUniform([2], [Number.NaN, 0]), /found \[NaN,0\]$/);
  assert.throws(() => statelessUniformInteger([2], [0, 0], 3, 3), /least < limit, found 3 and 3$/);
});

const assertClose = (found: ArrayLike<number>, expected: readonly number[], tolerance: number): void => {
  assert.equal(found.length, expected.length);
  expected.forEach((value, index) => {
    assert.ok(Math.abs((found[index] as number) - value) <= tolerance, `${index}: ${found[index]} is not ${value}`);
  });
};

test(
  "eigenvalues of a diagonal matrix are its entries, ascending",
  guarded(() => {
    assertClose(take(() => symmetricEigenvalues(tf.diag(tf.tensor1d([3, -1, 2, 0])))), [-1, 0, 2, 3], 1e-6);
  }),
);

test(
  "eigenvalues and eigenvectors of [[2, 1], [1, 2]]",
  guarded(() =>
    tf.tidy(() => {
      const { values, vectors } = symmetricEigen(tf.tensor2d([[2, 1], [1, 2]]));
      assertClose(values.dataSync(), [1, 3], 1e-6);
      assertClose(tf.abs(vectors).dataSync(), [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2], 1e-6);
      assert.ok(vectors.arraySync()[0]![0]! * vectors.arraySync()[1]![0]! < 0);
    }),
  ),
);

const pathLaplacian = (size: number): number[][] =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      if (row === column) return row === 0 || row === size - 1 ? 1 : 2;
      return Math.abs(row - column) === 1 ? -1 : 0;
    }),
  );

test(
  "eigenvalues of the Laplacian of a path are 2 - 2 cos(pi k / n)",
  guarded(() => {
    const size = 50;
    const expected = Array.from({ length: size }, (_, k) => 2 - 2 * Math.cos((Math.PI * k) / size));
    assertClose(take(() => symmetricEigenvalues(tf.tensor2d(pathLaplacian(size)))), expected, 5e-6);
  }),
);

test(
  "eigenvectors rebuild the matrix and are orthonormal",
  guarded(() =>
    tf.tidy(() => {
      const half = statelessNormal([20, 20], [5, 6]);
      const matrix = tf.matMul(half, half, false, true);
      const { values, vectors } = symmetricEigen(matrix);
      const rebuilt = tf.matMul(tf.mul(vectors, values), vectors, false, true);
      assertClose(rebuilt.dataSync(), [...matrix.dataSync()], 1e-4);
      assertClose(tf.matMul(vectors, vectors, true, false).dataSync(), [...tf.eye(20).dataSync()], 1e-5);
    }),
  ),
);

test("a matrix that has no symmetric eigenproblem is refused by name", () => {
  tf.tidy(() => {
    assert.throws(() => symmetricEigenvalues(tf.zeros([2, 3])), /square matrix, found shape \[2,3\]$/);
    assert.throws(() => symmetricEigenvalues(tf.zeros([4])), /square matrix, found shape \[4\]$/);
    assert.throws(() => symmetricEigenvalues(tf.zeros([0, 0])), /square matrix, found shape \[0,0\]$/);
    assert.throws(() => symmetricEigen(tf.zeros([2, 2], "int32")), /expected float32, found int32$/);
    assert.throws(() => symmetricEigen(tf.tensor2d([[1, Number.NaN], [Number.NaN, 1]])), /found NaN or infinity$/);
    assert.throws(() => symmetricEigen(tf.tensor2d([[1, 1 / 0], [1 / 0, 1]])), /found NaN or infinity$/);
    assert.throws(() => symmetricEigen(tf.tensor2d([[1, 2], [3, 1]])), /differ from their mirror by 1$/);
  });
});
