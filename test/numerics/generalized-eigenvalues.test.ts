import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inverse, Matrix } from "ml-matrix";
import { generalizedEigenvalues } from "../../src/numerics/index.ts";

const square = (size: number) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size * size, maxLength: size * size })
  .map((entries) => Matrix.from1DArray(size, size, entries));

test("the pencil of two 2 × 2 matrices has the roots of its characteristic polynomial", () => {
  const values = generalizedEigenvalues([2, 1, 1, 3], [2, 0, 0, 1]);
  const expected = [2 - Math.sqrt(1.5), 2 + Math.sqrt(1.5)];
  values.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-14));
});

test("values are ascending, sum to tr B⁻¹A, multiply to det A / det B, and bound every quotient", () => {
  fc.assert(fc.property(square(4), square(4), square(4), (first, second, vectors) => {
    const a = Matrix.add(first, first.transpose());
    const b = Matrix.add(second.mmul(second.transpose()), Matrix.eye(4).mul(0.1));
    const values = generalizedEigenvalues(a.to1DArray(), b.to1DArray());
    assert.deepEqual([...values], [...values].sort((x, y) => x - y));
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - inverse(b).mmul(a).trace()) < 1e-9);
    for (const vector of vectors.to2DArray()) {
      const x = Matrix.columnVector(vector);
      const [top, bottom] = [a, b].map((matrix) => x.transpose().mmul(matrix).mmul(x).get(0, 0));
      assert.ok(top >= values[0] * bottom - 1e-12 && top <= values[3] * bottom + 1e-12);
    }
  }), { seed: 1, numRuns: 200 });
});

test("a common change of basis leaves the values as they are", () => {
  const size = 40;
  const entry = (i: number, j: number, k: number) => Math.sin(1 + i * 7.3 + j * 3.1 + k * 11.7) + (i === j ? 4 : 0);
  const basis = new Matrix(Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => entry(i, j, 0))));
  const expected = Array.from({ length: size }, (_, i) => i - 5.5);
  const left = basis.mmul(Matrix.diag(expected)).mmul(basis.transpose());
  const right = basis.mmul(basis.transpose());
  generalizedEigenvalues(left.to1DArray(), right.to1DArray()).forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-9, `${value} against ${expected[i]}`));
});

test("matrices that do not fit, are not finite or not positive definite are refused", () => {
  const refused = (message: string | RegExp) => ({ name: "RangeError", message });
  assert.throws(() => generalizedEigenvalues([1, 2, 3], [1, 2, 3]), refused("generalizedEigenvalues: expected two square matrices of one size, found 3 and 3 entries"));
  assert.throws(() => generalizedEigenvalues([1], [1, 0, 0, 1]), refused("generalizedEigenvalues: expected two square matrices of one size, found 1 and 4 entries"));
  assert.throws(() => generalizedEigenvalues([1, 0, 0, 1], [1, 0, NaN, 1]), refused("generalizedEigenvalues: expected finite entries, found NaN in row 1, column 0"));
  assert.throws(() => generalizedEigenvalues([1, 0, 0, 1], [1, 1, 1, 1]), refused(/^generalizedEigenvalues: expected a positive definite second matrix, found the squared pivot 0 in row 1$/));
  assert.throws(() => generalizedEigenvalues([1, 0, 0, 1], [-1, 0, 0, 1]), refused(/positive definite second matrix, found the squared pivot 0 in row 0/));
});
