import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EigenvalueDecomposition, Matrix, inverse } from "ml-matrix";
import { homogenizedMeanSquareThreshold, homogenizedTailIndex, homogenizedTailIndexBounds, type HomogenizedSgd } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const twoValues = fc.record({
  ratio: fc.double({ min: -4, max: 0, noNaN: true }).map((power) => 10 ** power),
  counts: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })),
  ridge: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 2, noNaN: true })),
  stepSize: fc.double({ min: 0.02, max: 3, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: 16 }),
}).map(({ ratio, counts, ...rest }): HomogenizedSgd => ({ ...rest, eigenvalues: [...Array(counts[0]).fill(1), ...Array(counts[1]).fill(ratio)] }));

/**
 * The principal eigenvalue on the circle in the paper's own coordinates `y = x - m`,
 * `A_p h = p b_r h + b_θ h' + (a_rr p(p-1)h + 2a_rθ(p-1)h' + a_θθ(h'' + ph))/2`, by collocation of `cos 2kθ`.
 */
function circleEigenvalue({ eigenvalues: [l1, l2], ridge, stepSize, batchSize }: HomogenizedSgd, p: number, modes = 40): number {
  const angles = Array.from({ length: modes }, (_, i) => ((i + 0.5) * Math.PI) / (2 * modes));
  const values = new Matrix(angles.map((t) => angles.map((_, k) => Math.cos(2 * k * t))));
  const applied = new Matrix(angles.map((t) => {
    const [c, s] = [Math.cos(t), Math.sin(t)];
    const energy = (stepSize ** 2 / batchSize) * (l1 * c * c + l2 * s * s);
    const radial = -stepSize * ((l1 + ridge) * c * c + (l2 + ridge) * s * s);
    const turning = -stepSize * (l2 - l1) * s * c;
    const [rr, rt, tt] = [l1 * c * c + l2 * s * s, (l2 - l1) * s * c, l1 * s * s + l2 * c * c].map((value) => energy * value);
    return angles.map((_, k) => {
      const [h, slope] = [Math.cos(2 * k * t), -2 * k * Math.sin(2 * k * t)];
      return p * radial * h + turning * slope + (rr * p * (p - 1) * h + 2 * rt * (p - 1) * slope + tt * (-4 * k * k * h + p * h)) / 2;
    });
  }));
  return Math.max(...new EigenvalueDecomposition(applied.mmul(inverse(values))).realEigenvalues);
}

test("two dimensions: the calibration value, with an error far below its digits", () => {
  const found = homogenizedTailIndex({ eigenvalues: [1, 0.5], ridge: 0, stepSize: 0.3, batchSize: 1 });
  assert.equal(found.index?.toFixed(4), "7.4502");
  assert.ok(found.kind === "power law" && (found.error as number) < 1e-9);
});

test("index and Lyapunov exponent are those of the eigenproblem on the circle in other coordinates", () => {
  const cases = [[1, 0.5, 0, 0.3, 1], [1, 0.3, 0.2, 1, 2], [2, 0.5, 0.1, 0.4, 1], [1, 0.3, 0, 10, 1], [1, 0.5, 0, 0.05, 1]];
  for (const [l1, l2, ridge, stepSize, batchSize] of cases) {
    const sgd = { eigenvalues: [l1, l2], ridge, stepSize, batchSize };
    const found = homogenizedTailIndex(sgd);
    const index = found.index as number;
    const slope = (circleEigenvalue(sgd, index + 1e-4) - circleEigenvalue(sgd, index - 1e-4)) / 2e-4;
    assert.ok(Math.abs(circleEigenvalue(sgd, index) / slope) < 1e-6 * index, `${circleEigenvalue(sgd, index)} at ${index}`);
    near(found.lyapunovExponent, (circleEigenvalue(sgd, 1e-4) - circleEigenvalue(sgd, -1e-4)) / 2e-4, 1e-5);
  }
});

test("the index is 2 exactly where the second moment diverges, for any two eigenvalues and multiplicities", () => {
  fc.assert(fc.property(twoValues, (sgd) => {
    near(homogenizedTailIndex({ ...sgd, stepSize: homogenizedMeanSquareThreshold(sgd) }).index as number, 2, 1e-8);
  }), { numRuns: 40 });
});

test("the index lies between its bounds; where there is none the lower bound said nothing", () => {
  fc.assert(fc.property(twoValues, (sgd) => {
    const { lower, upper, informative } = homogenizedTailIndexBounds(sgd);
    const found = homogenizedTailIndex(sgd);
    if (found.kind === "power law") assert.ok(found.index >= lower * (1 - 1e-9) && found.index <= upper * (1 + 1e-9), `${found.index} in [${lower}, ${upper}]`);
    else assert.ok(!informative && found.lyapunovExponent >= 0);
  }), { numRuns: 60 });
});

test("equal eigenvalues give 2 - d + 2B(λ + δ)/(γλ²), and nearly equal ones come to it", () => {
  for (const [dimension, ridge, stepSize, batchSize] of [[1, 0, 0.5, 1], [2, 0.3, 0.4, 2], [5, 0.1, 0.2, 1], [20, 0, 0.05, 1]]) {
    const sgd = { eigenvalues: Array<number>(dimension).fill(2), ridge, stepSize, batchSize };
    const expected = 2 - dimension + (2 * batchSize * (2 + ridge)) / (stepSize * 4);
    near(homogenizedTailIndex(sgd).index as number, expected, 1e-13);
    if (dimension > 1) near(homogenizedTailIndex({ ...sgd, eigenvalues: [2 + 1e-9, ...sgd.eigenvalues.slice(1)] }).index as number, expected, 1e-7);
  }
  const diverging = homogenizedTailIndex({ eigenvalues: [1, 1, 1, 1], ridge: 0, stepSize: 1, batchSize: 1 });
  assert.equal(diverging.kind, "not stationary");
  assert.equal(diverging.lyapunovExponent, 0);
});

test("a vanishing second eigenvalue leaves the index of the first block, at any ratio", () => {
  for (const [count, ridge, stepSize] of [[1, 0, 0.3], [1, 0.1, 3], [4, 0, 0.5], [4, 0.1, 0.5]]) {
    const limit = 2 - count + (2 * (1 + ridge)) / stepSize;
    const index = (ratio: number) => homogenizedTailIndex({ eigenvalues: [...Array(count).fill(1), ratio], ridge, stepSize, batchSize: 1 }).index as number;
    near(index(1e-12), limit, 1e-9);
    assert.ok(Math.abs(index(1e-6) - limit) < 0.02 * Math.abs(index(1e-3) - limit));
  }
});

test("bad input is refused by name", () => {
  const sgd = { eigenvalues: [1, 0.5], ridge: 0, stepSize: 0.3, batchSize: 1 };
  assert.throws(() => homogenizedTailIndex({ ...sgd, eigenvalues: [1, 0.5, 0.2] }), /RangeError: eigenvalues: expected at most two distinct values .*found \[1,0\.5,0\.2\]/);
  assert.throws(() => homogenizedTailIndex({ ...sgd, eigenvalues: [1, Infinity] }), /RangeError: eigenvalues\[1\]: /);
  assert.throws(() => homogenizedTailIndex({ ...sgd, stepSize: -1 }), /RangeError: stepSize: /);
});
