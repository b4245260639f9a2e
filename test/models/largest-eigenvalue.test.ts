import assert from "node:assert/strict";
import {test} from "node:test";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {largestEigenvalue} from "../../src/models/index.ts";
import {createStream} from "../../src/random/index.ts";

const diagonal = (values: readonly number[]) => (vector: Float64Array) => vector.map((x, i) => x * values[i]!);

test("a diagonal operator gives its largest entry, whatever the signs", () => {
  for (const values of [[3, 1, 2], [-5, -1, -2], [-9, 0.25], [7], [0, 0, 0], Array.from({length: 500}, (_, i) => 1 / (1 + i))]) {
    assert.ok(Math.abs(largestEigenvalue(values.length, diagonal(values)) - Math.max(...values)) < 1e-6 * Math.max(1, ...values.map(Math.abs)));
  }
});

test("agrees with a full decomposition of random symmetric matrices", () => {
  const generator = createStream({seed: 6, experiment: "models", cell: "eigenvalue", block: 0}).generator("entries");
  for (let trial = 0; trial < 20; trial++) {
    const count = 2 + generator.integer(60);
    const factor = new Matrix(Array.from({length: count}, () => [...generator.normals(count)]));
    const matrix = factor.mmul(factor.transpose());
    const expected = Math.max(...new EigenvalueDecomposition(matrix, {assumeSymmetric: true}).realEigenvalues);
    const found = largestEigenvalue(count, (vector) => matrix.mmul(Matrix.columnVector([...vector])).to1DArray());
    assert.ok(Math.abs(found / expected - 1) < 1e-5, `size ${count}: ${found} against ${expected}`);
  }
});

test("an operator that is not finite, or converges too slowly, is refused", () => {
  assert.throws(() => largestEigenvalue(3, () => [NaN, 0, 0]), {name: "RangeError", message: "eigenvalue: expected a finite operator, found NaN"});
  const crowded = Array.from({length: 20_000}, (_, i) => 1 - (i / 20_000) ** 2);
  assert.throws(() => largestEigenvalue(20_000, diagonal(crowded), 1e-16), {name: "RangeError", message: /^eigenvalue: expected convergence to 1e-16 in 100 steps/});
});
