import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { escapeComponents, escapeGrowthRate, flatToSharpRatio, instabilityThresholds, limitingFlatToSharpRatio, type EscapeNoise } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const flat = [1, ...Array<number>(99).fill(0.2)];
const magnitude = fc.double({ min: 0.01, max: 5, noNaN: true });
const anyRecursion = fc.record({
  eigenvalues: fc.array(magnitude, { minLength: 1, maxLength: 6 }).map((values) => values.sort((a, b) => b - a)),
  stepSize: magnitude,
  batchSize: fc.integer({ min: 1, max: 8 }),
  noise: fc.constantFrom<EscapeNoise>("aligned", "gaussian"),
});

test("the flat spectrum at 1.1 of the paper's scale has its calibration values", () => {
  const scale = instabilityThresholds({ eigenvalues: flat, batchSize: 1, noise: "aligned" });
  const stepSize = 1.1 * scale.frobenius;
  const recursion = { eigenvalues: flat, stepSize, batchSize: 1, noise: "aligned" } as const;
  assert.equal(stepSize.toFixed(3), "0.494");
  assert.equal(escapeGrowthRate(recursion).toFixed(2), "1.94");
  assert.equal(limitingFlatToSharpRatio(recursion, 1).toFixed(2), "5.91");
  assert.equal(escapeGrowthRate({ ...recursion, noise: "none" }).toFixed(4), ((1 - 0.2 * stepSize) ** 2).toFixed(4));
  assert.ok(scale.meanSquare < 0.25 * scale.frobenius && scale.gradientDescent === 2);
});

test("growth rate and limiting ratio are those of the whole matrix", () => {
  fc.assert(fc.property(anyRecursion, (recursion) => {
    const { eigenvalues, stepSize, batchSize, noise } = recursion;
    const matrix = new Matrix(eigenvalues.map((row, i) => eigenvalues.map((_, j) => {
      const noiseEntry = (stepSize * row) ** 2 / batchSize;
      return noiseEntry + (i === j ? (1 - stepSize * row) ** 2 + (noise === "gaussian" ? noiseEntry : 0) : 0);
    })));
    const largest = Math.max(...new EigenvalueDecomposition(matrix).realEigenvalues);
    near(escapeGrowthRate(recursion), largest, 1e-10);
  }));
});

test("the loss grows beyond the mean-square threshold and not before", () => {
  fc.assert(fc.property(anyRecursion, (recursion) => {
    const { meanSquare } = instabilityThresholds(recursion);
    near(escapeGrowthRate({ ...recursion, stepSize: meanSquare }), 1, 1e-9);
    assert.ok(escapeGrowthRate({ ...recursion, stepSize: 0.99 * meanSquare }) < 1);
    assert.ok(escapeGrowthRate({ ...recursion, stepSize: 1.01 * meanSquare }) > 1);
  }));
});

test("equal eigenvalues under Gaussian noise become unstable at 2B/(d + B + 1)", () => {
  for (const [dimension, batchSize] of [[1, 1], [5, 1], [7, 3], [1, 10]]) {
    const eigenvalues = Array<number>(dimension).fill(2);
    near(instabilityThresholds({ eigenvalues, batchSize, noise: "gaussian" }).meanSquare, batchSize / (dimension + batchSize + 1), 1e-12);
    near(instabilityThresholds({ eigenvalues, batchSize, noise: "aligned" }).meanSquare, batchSize / (dimension + batchSize), 1e-12);
  }
});

test("one step of normal samples has the Gaussian moments: E (1 - ηx²)² = 1 - 2ηλ + 3η²λ²", () => {
  const one = escapeComponents({ eigenvalues: [0.7], stepSize: 0.3, batchSize: 1, noise: "gaussian" }, [2], 1);
  near(one[1][0], 2 * (1 - 2 * 0.21 + 3 * 0.21 ** 2), 1e-14);
  const [x, y] = [1, 0.4];
  const two = escapeComponents({ eigenvalues: [x, y], stepSize: 0.5, batchSize: 1, noise: "gaussian" }, [3, 0], 1)[1];
  near(two[0], 3 * (1 - 2 * 0.5 * x + 3 * 0.25 * x * x), 1e-14);
  near(two[1], y * 0.25 * x * y * 3, 1e-14);
});

test("components tend to the limiting ratio; gradient descent leaves only what exceeds 2/λ", () => {
  const recursion = { eigenvalues: [1, 0.6, 0.2, 0.2], stepSize: 1.2, batchSize: 1, noise: "gaussian" } as const;
  const path = escapeComponents(recursion, [1e-4, 0, 0, 0], 200);
  for (const sharp of [1, 2, 3]) near(flatToSharpRatio(path[200], sharp), limitingFlatToSharpRatio(recursion, sharp), 1e-10);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  near(total(path[200]) / total(path[199]), escapeGrowthRate(recursion), 1e-10);
  const descent = escapeComponents({ ...recursion, stepSize: 2.2, noise: "none" }, [1, 1, 1, 1], 20);
  near(descent[20][0], 1.2 ** 40, 1e-12);
  assert.ok(flatToSharpRatio(descent[20], 1) < 1e-3);
});

test("bad input is refused by name", () => {
  const recursion = { eigenvalues: [1, 0.5], stepSize: 0.1, batchSize: 1, noise: "aligned" } as const;
  assert.throws(() => escapeGrowthRate({ ...recursion, eigenvalues: [0.5, 1] }), /RangeError: eigenvalues\[1\]: expected at most eigenvalues\[0\] = 0\.5, the sharpest first, found 1/);
  assert.throws(() => escapeGrowthRate({ ...recursion, eigenvalues: [1, -1] }), /RangeError: eigenvalues\[1\]: expected a finite number above 0/);
  assert.throws(() => escapeGrowthRate({ ...recursion, batchSize: 1.5 }), /RangeError: batchSize: /);
  assert.throws(() => escapeGrowthRate({ ...recursion, noise: "white" as never }), /RangeError: noise: .*found "white"/);
  assert.throws(() => escapeComponents(recursion, [1], 3), /RangeError: initial\.length: /);
  assert.throws(() => escapeComponents(recursion, [1, -1], 3), /RangeError: initial\[1\]: /);
  assert.throws(() => limitingFlatToSharpRatio(recursion, 2), /RangeError: sharp: expected less than the 2 directions, found 2/);
  assert.throws(() => limitingFlatToSharpRatio({ ...recursion, noise: "none" }, 1), /RangeError: noise: /);
});
