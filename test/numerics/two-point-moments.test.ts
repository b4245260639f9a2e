import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyamaTwoPointMoments, gradientCovariances, leastSquaresSamples, matrixExponential, modifiedEquationDefect, modifiedFlowTwoPointMoments, sgdTwoPointMoments, symmetricSquareRoot} from "../../src/numerics/index.ts";
import type {TwoPointMoments} from "../../src/numerics/index.ts";

const near = (found: number, expected: number, tolerance = 1e-12) => assert.ok(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${found} and ${expected}`);
const flat = ({first, second, product}: TwoPointMoments) => [...first, ...second, ...product.flat()];

test("matrix exponentials of rotations, nilpotent, defective and large diagonal matrices are exact", () => {
  const rotation = matrixExponential([[0, -30], [30, 0]]);
  near(rotation[0]![0]!, Math.cos(30));
  near(rotation[1]![0]!, Math.sin(30));
  assert.deepEqual(matrixExponential([[0, 1, 0], [0, 0, 1], [0, 0, 0]]), [[1, 1, 0.5], [0, 1, 1], [0, 0, 1]]);
  const jordan = matrixExponential([[-2, 5], [0, -2]]);
  near(jordan[0]![1]!, 5 * Math.exp(-2));
  near(matrixExponential([[-40]])[0]![0]! / Math.exp(-40), 1, 1e-13);
  assert.deepEqual(matrixExponential([[0, 0], [0, 0]]), [[1, 0], [0, 1]]);
});

test("a matrix that is none has no exponential", () => {
  assert.throws(() => matrixExponential([]), {name: "RangeError", message: "matrix.length: expected an integer of at least 1, found 0"});
  assert.throws(() => matrixExponential([[1, 2]]), {message: "matrix[0].length: expected 1, the number of rows, found 2"});
  assert.throws(() => matrixExponential([[1, NaN], [0, 1]]), {message: "matrix[0][1]: expected a finite number, found NaN"});
});

test("the symmetric square root squares to the matrix and is the positive one, singular or not", () => {
  for (const covariance of [[[4]], [[0]], [[2, 1], [1, 3]], [[1, 2], [2, 4]], [[5, 1, 0], [1, 2, -1], [0, -1, 1]]]) {
    const root = symmetricSquareRoot(covariance);
    covariance.forEach((row, i) => row.forEach((value, j) => {
      near(root[i]!.reduce((sum, entry, k) => sum + entry * root[k]![j]!, 0), value, 1e-12);
      near(root[i]![j]!, root[j]![i]!);
    }));
    assert.ok(root.every((row, i) => row[i]! >= 0));
  }
  near(symmetricSquareRoot([[2, 1], [1, 2]])[0]![0]!, (Math.sqrt(3) + 1) / 2);
});

test("a covariance that is not positive semidefinite is refused with its eigenvalue", () => {
  assert.throws(() => symmetricSquareRoot([[1, 2], [2, 1]]), (error: Error) => error instanceof RangeError && /^covariance: least eigenvalue: expected at least 0, as of a positive semidefinite matrix, found -(1|0\.9999999)\d*$/.test(error.message));
  assert.throws(() => symmetricSquareRoot([[-0.25]]), {message: /least eigenvalue: .*found -0\.25/});
  assert.throws(() => symmetricSquareRoot([[1, 0.5], [0.4, 1]]), {message: "covariance[0][1]: expected 0.4, the entry across the diagonal, found 0.5"});
  assert.throws(() => symmetricSquareRoot([[1, 0]]), {message: "covariance[0].length: expected 1, the number of rows, found 2"});
  assert.throws(() => symmetricSquareRoot([[Infinity]]), {message: "covariance[0][0]: expected a finite number, found Infinity"});
  assert.throws(() => symmetricSquareRoot([]), {message: /covariance\.length/});
});

const pairs = {features: [[1, 0.5], [-0.5, 1], [0.2, -1]], labels: [1, 0.3, 1]};
const samples = leastSquaresSamples(pairs);
const starts = [[1, 0.5], [-1, 0.3]] as const;

/** Means over all Nⁿ sequences of samples. */
function overAllPaths(stepSize: number, steps: number): TwoPointMoments {
  const paths = pairs.labels.length ** steps;
  const sums = {first: [0, 0], second: [0, 0], product: [[0, 0], [0, 0]]};
  for (let path = 0; path < paths; path++) {
    let [x, y, code]: [number[], number[], number] = [[...starts[0]], [...starts[1]], path];
    for (let step = 0; step < steps; step++, code = Math.floor(code / 3)) {
      const [a, b] = [pairs.features[code % 3]!, pairs.labels[code % 3]!];
      const moved = (z: number[]) => z.map((value, i) => value - stepSize * a[i]! * (a[0]! * z[0]! + a[1]! * z[1]! - b));
      [x, y] = [moved(x), moved(y)];
    }
    for (const i of [0, 1]) {
      sums.first[i]! += x[i]! / paths;
      sums.second[i]! += y[i]! / paths;
      for (const j of [0, 1]) sums.product[i]![j]! += (x[i]! * y[j]!) / paths;
    }
  }
  return sums;
}

test("SGD's moments are the means over all sequences of samples", () => {
  for (const [stepSize, steps] of [[0.3, 0], [0.3, 1], [0.3, 6], [1.1, 5]] as const) {
    const [found, expected] = [flat(sgdTwoPointMoments({samples, stepSize, starts}, steps)), flat(overAllPaths(stepSize, steps))];
    found.forEach((value, i) => near(value, expected[i]!, 1e-13));
  }
});

test("multiplicative noise in one dimension: SGD, flow and Euler–Maruyama have the closed forms of the scalar example", () => {
  const [s, x, y, n] = [0.6, 1.5, -0.8, 12];
  const stepSize = 1 / n;
  const scalar = [1 + s, 1 - s].map((curvature) => ({hessian: [[curvature]], shift: [0]}));
  const flow = {samples: scalar, stepSize, starts: [[x], [y]] as const};
  near(sgdTwoPointMoments(flow, n).product[0]![0]!, x * y * ((1 - stepSize) ** 2 + stepSize ** 2 * s ** 2) ** n);
  near(modifiedFlowTwoPointMoments(flow, 1).product[0]![0]!, x * y * Math.exp(-2 - stepSize + stepSize * s ** 2));
  near(modifiedFlowTwoPointMoments(flow, 1).first[0]!, x * Math.exp(-1 - stepSize / 2));
  near(eulerMaruyamaTwoPointMoments(flow, {timeStep: 0.1, steps: 10}).product[0]![0]!, x * y * ((1 - 0.1 * (1 + stepSize / 2)) ** 2 + 0.1 * stepSize * s ** 2) ** 10);
  const opposite = modifiedEquationDefect({samples: scalar, time: 1, starts: [[x], [y]]});
  near(opposite.matrix[0]![0]!, 2 * s ** 2 * Math.abs(x * y) * Math.exp(-2), 1e-11);
  near(modifiedEquationDefect({samples: scalar, time: 1, starts: [[x], [-y]]}).matrix[0]![0]!, 0, 1e-13);
});

test("the flow's moments solve their equations: Euler–Maruyama's converge to them at order 1, at step size 0 they are gradient flow's", () => {
  const flow = {samples, stepSize: 0.25, starts};
  const exact = flat(modifiedFlowTwoPointMoments(flow, 0.9));
  const errorOf = (steps: number) => flat(eulerMaruyamaTwoPointMoments(flow, {timeStep: 0.9 / steps, steps})).map((value, i) => value - exact[i]!);
  const [coarse, fine] = [errorOf(512), errorOf(1024)];
  fine.forEach((error, i) => assert.ok(Math.abs(error) < 1e-3 && Math.abs(coarse[i]! / error - 2) < 0.02));
  const still = modifiedFlowTwoPointMoments({...flow, stepSize: 0}, 0.9);
  still.product.forEach((row, i) => row.forEach((value, j) => near(value, still.first[i]! * still.second[j]!)));
});

test("without noise in the data nothing but the drift is left, whatever the step size", () => {
  const twice = leastSquaresSamples({features: [[1, 0.5], [1, 0.5]], labels: [1, 1]});
  const {first, second, product} = modifiedFlowTwoPointMoments({samples: twice, stepSize: 0.4, starts}, 1);
  product.forEach((row, i) => row.forEach((value, j) => near(value, first[i]! * second[j]!)));
  assert.deepEqual(modifiedEquationDefect({samples: twice, time: 1, starts}).matrix.flat().map(Math.abs), [0, 0, 0, 0]);
});

test("weak orders from exact moments: 2 for the modified flow, 1 for gradient flow, at two points", () => {
  const order = (of: (stepSize: number) => number) => {
    const errors = [32, 64, 128].map((steps) => Math.abs(of(1 / steps) - flat(sgdTwoPointMoments({samples, stepSize: 1 / steps, starts}, steps))[4]!));
    return Math.log2(errors[1]! / errors[2]!);
  };
  assert.ok(Math.abs(order((stepSize) => flat(modifiedFlowTwoPointMoments({samples, stepSize, starts}, 1))[4]!) - 2) < 0.05);
  assert.ok(Math.abs(order(() => flat(modifiedFlowTwoPointMoments({samples, stepSize: 0, starts}, 1))[4]!) - 1) < 0.05);
});

test("covariances of one gradient: common samples, separate square roots, equal at one point", () => {
  const {common, separate} = gradientCovariances(samples, [starts[0], starts[0]]);
  common.flat().forEach((value, i) => near(value, separate.flat()[i]!));
  const scalar = leastSquaresSamples({features: [[1], [2]], labels: [0, 1]});
  const at = (z: number) => [z, 4 * z - 2];
  const [gx, gy] = [at(1.5), at(-1)].map(([a, b]) => (a! - b!) / 2) as [number, number];
  const found = gradientCovariances(scalar, [[1.5], [-1]]);
  near(found.common[0]![0]!, gx * gy);
  near(found.separate[0]![0]!, Math.abs(gx * gy));
});

test("a defect whose integrand no quadrature settles is refused with its change", () => {
  const scalar = leastSquaresSamples({features: [[1], [2]], labels: [0, 1]});
  assert.throws(() => modifiedEquationDefect({samples: scalar, time: 1, starts: [[1.5], [-1]]}), (error: Error) => error instanceof RangeError && /^defect: change of the integral from 256 to 512 nodes: expected at most \S+, found \S+$/.test(error.message));
});

test("samples, points, steps and times that are none are refused by name", () => {
  const flow = {samples, stepSize: 0.1, starts};
  assert.throws(() => leastSquaresSamples({features: [], labels: []}), {message: "features.length: expected an integer of at least 1, found 0"});
  assert.throws(() => leastSquaresSamples({features: [[1]], labels: []}), {message: /labels\.length: expected 1, the length of features, found 0/});
  assert.throws(() => leastSquaresSamples({features: [[1], [1, 2]], labels: [0, 0]}), {message: "features[1].length: expected 1, the length of features[0], found 2"});
  assert.throws(() => leastSquaresSamples({features: [[1], [NaN]], labels: [0, 0]}), {message: /features\[1\]\[0\]: expected a finite number, found NaN/});
  assert.throws(() => sgdTwoPointMoments({...flow, samples: []}, 1), {message: "samples.length: expected an integer of at least 1, found 0"});
  assert.throws(() => sgdTwoPointMoments({...flow, starts: [[1], [2]]}, 1), {message: "starts[0].length: expected 2, the dimension of the samples, found 1"});
  assert.throws(() => sgdTwoPointMoments({...flow, starts: [[1, 2]] as never}, 1), {message: "starts.length: expected 2 points, found 1"});
  assert.throws(() => sgdTwoPointMoments({...flow, stepSize: -1}, 1), {message: /stepSize: expected .* at least 0, found -1/});
  assert.throws(() => sgdTwoPointMoments(flow, 1.5), {message: "steps: expected an integer of at least 0, found 1.5"});
  assert.throws(() => modifiedFlowTwoPointMoments(flow, NaN), {message: /time: .*found NaN/});
  assert.throws(() => eulerMaruyamaTwoPointMoments(flow, {timeStep: 0, steps: 1}), {message: /timeStep: expected a finite number above 0, found 0/});
  assert.throws(() => modifiedEquationDefect({samples, time: 0, starts}), {message: /time: expected a finite number above 0, found 0/});
  assert.throws(() => gradientCovariances(samples, [[1, 2], [3]]), {message: "points[1].length: expected 2, the dimension of the samples, found 1"});
  assert.throws(() => sgdTwoPointMoments({...flow, samples: [{hessian: [[1, 2], [3, 1]], shift: [0, 0]}]}, 1), {message: /hessian\[0\]\[1\]: expected 3, the entry across the diagonal, found 2/});
});
