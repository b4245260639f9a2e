import assert from "node:assert/strict";
import { test } from "node:test";
import erfc from "@stdlib/math-base-special-erfc";
import { Matrix, solve } from "ml-matrix";
import { markovKernel, meanExitTime, sinhEdges, stationaryLaw, uniformEdges, type MarkovKernel, type TransitionLaw } from "../../src/numerics/index.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found / expected - 1) <= relative, `${found} is not ${expected} to ${relative}`);
function normalMass(lower: number, upper: number, mean: number, deviation: number): number {
  if (upper <= mean) return normalMass(-upper, -lower, -mean, deviation);
  const tail = (x: number) => erfc((x - mean) / deviation / Math.SQRT2) / 2;
  return tail(lower) - tail(upper);
}
const autoregression = (factor: number, deviation: number): TransitionLaw => (x) => [{ weight: 1, mean: factor * x, standardDeviation: deviation }];

test("cell masses are the mixture's exact integrals, on both sides and far out", () => {
  const edges = uniformEdges(40, -4, 4);
  const transition: TransitionLaw = (x) => [
    { weight: 0.3, mean: x / 2, standardDeviation: 0.7 },
    { weight: 0.7, mean: -x, standardDeviation: 0.01 },
  ];
  const { matrix, exit, midpoints } = markovKernel({ edges, transition, ends: "absorbing" });
  for (const i of [0, 13, 39]) {
    const mass = (lower: number, upper: number) =>
      0.3 * normalMass(lower, upper, midpoints[i] / 2, 0.7) + 0.7 * normalMass(lower, upper, -midpoints[i], 0.01);
    for (let j = 0; j < 40; j += 1) assert.ok(Math.abs(matrix[i * 40 + j] - mass(edges[j], edges[j + 1])) < 1e-15);
    near(exit[i], mass(-Infinity, -4) + mass(4, Infinity), 1e-12);
  }
  const tail = markovKernel({ edges: [0, 7, 8], transition: autoregression(0, 1), ends: "absorbing" });
  near(tail.matrix[1], normalMass(7, 8, 0, 1), 1e-12);
  near(tail.matrix[3], normalMass(7, 8, 0, 1), 1e-12);
});

test("a point mass falls in the cell that holds it, lower edge included", () => {
  const kernel = markovKernel({ edges: [0, 1, 2, 3], transition: () => [{ weight: 1, mean: 1, standardDeviation: 0 }], ends: "absorbing" });
  assert.deepEqual([...kernel.matrix], [0, 1, 0, 0, 1, 0, 0, 1, 0]);
  const leaving = markovKernel({ edges: [0, 1], transition: () => [{ weight: 1, mean: 1, standardDeviation: 0 }], ends: "absorbing" });
  assert.deepEqual([...leaving.exit], [1]);
  const lumped = markovKernel({ edges: [0, 1, 2], transition: () => [{ weight: 1, mean: 9, standardDeviation: 0 }], ends: "lumped" });
  assert.deepEqual([...lumped.matrix], [0, 1, 0, 1]);
});

test("folding a symmetric chain keeps its law", () => {
  const transition: TransitionLaw = (x) => [
    { weight: 0.4, mean: 0.6 * x, standardDeviation: 0.5 },
    { weight: 0.6, mean: -0.2 * x, standardDeviation: 0 },
  ];
  const folded = markovKernel({ edges: uniformEdges(60, 0, 3), transition, ends: "absorbing", reflected: true });
  const whole = markovKernel({ edges: uniformEdges(120, -3, 3), transition, ends: "absorbing" });
  for (const i of [0, 17, 59]) {
    near(folded.exit[i], whole.exit[60 + i], 1e-12);
    for (let j = 0; j < 60; j += 1) {
      const both = whole.matrix[(60 + i) * 120 + 60 + j] + whole.matrix[(60 + i) * 120 + 59 - j];
      assert.ok(Math.abs(folded.matrix[i * 60 + j] - both) < 1e-14);
    }
  }
});

test("rows of a lumped kernel add up to 1, rows of an absorbing one to 1 less the exit", () => {
  for (const ends of ["lumped", "absorbing"] as const) {
    const { size, matrix, exit } = markovKernel({ edges: sinhEdges(90, 50, 0.2), transition: autoregression(0.9, 0.4), ends, reflected: true });
    for (let i = 0; i < size; i += 1) {
      const total = matrix.subarray(i * size, (i + 1) * size).reduce((sum, p) => sum + p, exit[i]);
      assert.ok(Math.abs(total - 1) < 1e-13);
    }
  }
});

test("the stationary law of a linear autoregression is normal, far into its tail, with quadratic grid error", () => {
  const [factor, deviation, scale] = [0.8, 0.3, 0.3 / 0.6];
  const errors = [100, 200].map((cells) => {
    const kernel = markovKernel({ edges: uniformEdges(cells, -4, 4), transition: autoregression(factor, deviation), ends: "lumped" });
    const law = stationaryLaw(kernel);
    assert.ok(law.residual < 1e-14);
    return law.expectation((x) => x * x) / scale ** 2 - 1;
  });
  near(errors[0] / errors[1], 4, 0.02);
  const fine = stationaryLaw(markovKernel({ edges: uniformEdges(800, -5, 5), transition: autoregression(factor, deviation), ends: "lumped" }));
  for (const cell of [400, 500, 700, 760]) near(fine.masses[cell], normalMass(fine.edges[cell], fine.edges[cell + 1], 0, scale), 0.02);
  assert.ok(fine.masses[760] < 1e-18);
});

test("stationary law and exit times agree with dense linear algebra", () => {
  const transition: TransitionLaw = (x) => [
    { weight: 0.5, mean: Math.sin(x), standardDeviation: 0.8 },
    { weight: 0.5, mean: 0.9 * x, standardDeviation: 0.2 },
  ];
  const lumped = markovKernel({ edges: uniformEdges(50, -3, 3), transition, ends: "lumped" });
  const transposed = Matrix.from1DArray(50, 50, [...lumped.matrix]).transpose().sub(Matrix.eye(50));
  transposed.setRow(49, new Array(50).fill(1));
  const dense = solve(transposed, Matrix.columnVector([...new Array(49).fill(0), 1]));
  stationaryLaw(lumped).masses.forEach((mass, i) => near(mass, dense.get(i, 0), 1e-9));

  const absorbing = markovKernel({ edges: uniformEdges(50, -3, 3), transition, ends: "absorbing" });
  const times = solve(Matrix.eye(50).sub(Matrix.from1DArray(50, 50, [...absorbing.matrix])), Matrix.columnVector(new Array(50).fill(1)));
  const exitTimes = meanExitTime(absorbing);
  exitTimes.times.forEach((time, i) => near(time, times.get(i, 0), 1e-10));
  assert.ok(exitTimes.residual < 1e-12);
  near(exitTimes.from(absorbing.midpoints[20]), exitTimes.times[20], 1e-12);
});

/** A birth-death chain on `0..n-1` that moves up with `up`, down with `down` and leaves from the top. */
function birthDeath(size: number, up: number, down: number, leaves: boolean): MarkovKernel {
  const kernel = markovKernel({ edges: uniformEdges(size, 0, size), transition: () => [{ weight: 1, mean: 0, standardDeviation: 0 }], ends: "lumped" });
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    if (i > 0) matrix[i * size + i - 1] = down;
    if (i < size - 1) matrix[i * size + i + 1] = up;
    matrix[i * size + i] = 1 - (i > 0 ? down : 0) - (i < size - 1 || leaves ? up : 0);
  }
  const exit = Float64Array.from({ length: size }, (_, i) => (leaves && i === size - 1 ? up : 0));
  return { ...kernel, matrix, exit };
}

test("rare states and rare exits keep their relative accuracy beyond 1e-16", () => {
  const ratio = 0.01 / 0.6;
  const { masses } = stationaryLaw(birthDeath(30, 0.01, 0.6, false));
  for (let i = 1; i < 30; i += 1) near(masses[i] / masses[i - 1], ratio, 1e-12);
  assert.ok(masses[29] < 1e-50);
  const size = 20;
  const { times } = meanExitTime(birthDeath(size, 0.01, 0.6, true));
  let expected = 0;
  for (let target = 0; target < size; target += 1) for (let k = 0; k <= target; k += 1) expected += (0.6 / 0.01) ** (target - k) / 0.01;
  near(times[0], expected, 1e-12);
  assert.ok(times[0] > 1e33);
});

test("a law whose first state is rarer than the smallest number is found all the same", () => {
  const { masses } = stationaryLaw(birthDeath(300, 0.6, 0.01, false));
  assert.equal(masses[0], 0);
  near(masses[299], 1 - 0.01 / 0.6, 1e-12);
  near(masses[150] / masses[149], 60, 1e-12);
});

test("a chain that only cycles upwards has an even law and takes its cycle to leave", () => {
  const cycle = (leaves: boolean): MarkovKernel => {
    const kernel = birthDeath(5, 0.5, 0, leaves);
    if (!leaves) kernel.matrix.set([0.5, 0, 0, 0, 0.5], 20);
    return kernel;
  };
  stationaryLaw(cycle(false)).masses.forEach((mass) => near(mass, 0.2, 1e-14));
  [10, 8, 6, 4, 2].forEach((time, i) => near(meanExitTime(cycle(true)).times[i], time, 1e-14));
});

test("bad grids, laws and chains are refused by name", () => {
  const transition = autoregression(0.5, 1);
  const build = (change: object) => () => markovKernel({ edges: [0, 1, 2], transition, ends: "absorbing", ...change });
  assert.throws(build({ edges: [0, 2, 1] }), /RangeError: edges\[2\]: expected a number above edges\[1\] = 2, found 1/);
  assert.throws(build({ edges: [0] }), /RangeError: edges\.length: /);
  assert.throws(build({ edges: [0, NaN] }), /RangeError: edges\[1\]: /);
  assert.throws(build({ edges: [1, 2], reflected: true }), /RangeError: edges\[0\]: expected 0 on a reflected grid, found 1/);
  assert.throws(build({ transition: () => [{ weight: 0.9, mean: 0, standardDeviation: 1 }] }), /RangeError: transition\(0\.5\): expected weights that add up to 1, found 0\.9/);
  assert.throws(build({ transition: () => [{ weight: 1, mean: NaN, standardDeviation: 1 }] }), /RangeError: transition\(0\.5\)\[0\]\.mean: /);
  assert.throws(build({ transition: () => [{ weight: 1, mean: 0, standardDeviation: -1 }] }), /RangeError: transition\(0\.5\)\[0\]\.standardDeviation: /);
  assert.throws(() => stationaryLaw(markovKernel({ edges: [0, 1, 2], transition, ends: "absorbing" })), /RangeError: kernel\.exit\[0\]: expected 0/);
  const stays: TransitionLaw = (x) => [{ weight: 1, mean: x, standardDeviation: 0 }];
  assert.throws(() => stationaryLaw(markovKernel({ edges: [0, 1, 2], transition: stays, ends: "lumped" })), /RangeError: kernel: .*cell 1 cannot/);
  assert.throws(() => meanExitTime(markovKernel({ edges: [0, 1], transition: stays, ends: "absorbing" })), /RangeError: kernel: /);
  assert.throws(() => sinhEdges(0, 1, 1), /RangeError: cells: /);
  assert.throws(() => uniformEdges(3, 1, 1), /RangeError: upper: /);
});
