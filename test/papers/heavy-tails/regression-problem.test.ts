import assert from "node:assert/strict";
import {test} from "node:test";
import {regressionProblem, squaredFeatureNorms} from "../../../src/papers/heavy-tails/regression-problem.ts";

const samples = (rows: readonly (readonly number[])[], labels: readonly number[]) => ({count: rows.length, dimension: rows[0]!.length, features: Float64Array.from(rows.flat()), labels: Float64Array.from(labels)});
const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-12, `${found} against ${expected}`);

test("the quadratic of two orthogonal features is known by hand", () => {
  const {eigenvalues, solution, loss} = regressionProblem(samples([[1, 0], [-1, 0], [0, 3], [0, 3]], [1, 2, 6, 0]));
  near(eigenvalues[0]!, 4.5);
  near(eigenvalues[1]!, 0.5);
  near(solution[0]!, 1);
  near(solution[1]!, -0.5);
  near(loss, (1.5 ** 2 + 1.5 ** 2 + 3 ** 2 + 3 ** 2) / 8);
});

test("rotated samples keep their norms and their residuals", () => {
  const problem = regressionProblem(samples([[1, 2], [2, 1], [-1, 0.5], [0.3, -2]], [1, -1, 2, 0]));
  const {features, dimension, labels} = problem.samples;
  [5, 5, 1.25, 4.09].forEach((square, row) => near(squaredFeatureNorms(problem.samples)[row]!, square));
  const residuals = Array.from(labels, (label, row) => Array.from({length: dimension}, (_, j) => features[row * dimension + j]! * problem.solution[j]!).reduce((sum, value) => sum + value, -label));
  near(residuals.reduce((sum, value) => sum + value * value, 0) / 8, problem.loss);
  const cross = Array.from({length: 4}, (_, row) => features[2 * row]! * features[2 * row + 1]!).reduce((sum, value) => sum + value, 0);
  near(cross, 0);
});

test("a direction that no sample has is left out", () => {
  const {eigenvalues, samples: rotated} = regressionProblem(samples([[1, 1], [2, 2], [-1, -1]], [0, 1, 2]));
  assert.equal(eigenvalues.length, 1);
  near(eigenvalues[0]!, 4);
  assert.equal(rotated.dimension, 1);
});

test("data that cannot be learnt from are refused by name", () => {
  assert.throws(() => regressionProblem(samples([[1, 2]], [1])), /samples: expected an integer >= 2|samples: .*2/);
  assert.throws(() => regressionProblem(samples([[1], [2], [3]], [4, 4, 4])), /labels: expected at least two different labels.*found 4/);
  assert.throws(() => regressionProblem(samples([[0], [0]], [1, 2])), /greatest eigenvalue of the features/);
  assert.throws(() => regressionProblem(samples([[1], [NaN]], [1, 2])), /features\[1\]/);
});
