import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { homogenizedTailIndex, instabilityThresholds, isotropicKestenIndex, planarKestenIndex, type PlanarRegression } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

test("equal eigenvalues give the isotropic index and Lyapunov exponent", () => {
  for (const [curvature, ridge, stepSize, batchSize] of [[1, 0, 0.3, 1], [2, 0.2, 0.4, 3]]) {
    const found = planarKestenIndex({ eigenvalues: [curvature, curvature], ridge, stepSize, batchSize });
    const expected = isotropicKestenIndex({ dimension: 2, curvature, ridge, stepSize, batchSize });
    near(found.index as number, expected.index as number, 1e-9);
    near(found.lyapunovExponent, expected.lyapunovExponent, 1e-8);
  }
});

test("the index is 2 exactly at the mean-square threshold of the escape recursion", () => {
  for (const [eigenvalues, batchSize] of [[[1, 0.5], 1], [[1, 0.5], 4], [[2, 0.4], 2]] as const) {
    const { meanSquare } = instabilityThresholds({ eigenvalues, batchSize, noise: "gaussian" });
    near(planarKestenIndex({ eigenvalues, ridge: 0, stepSize: meanSquare, batchSize }).index as number, 2, 1e-9);
  }
});

test("the order of the eigenvalues is nothing, and small steps come below the index of hSGD", () => {
  const regression = { ridge: 0, stepSize: 0.2, batchSize: 1 };
  const found = planarKestenIndex({ ...regression, eigenvalues: [0.5, 1] });
  near(found.index as number, planarKestenIndex({ ...regression, eigenvalues: [1, 0.5] }).index as number, 1e-9);
  assert.ok((found.index as number) < (homogenizedTailIndex({ ...regression, eigenvalues: [1, 0.5] }).index as number));
});

/** Mean of `log` of the mean of `|y'|^power / |y|^power` over particles resampled by it, in the coordinates `y`. */
function growthByParticles({ eigenvalues, ridge, stepSize, batchSize }: PlanarRegression, power: number, particles: number, steps: number): { mean: number; error: number } {
  const generator = xoroshiro128plus(2024);
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  let angles = Float64Array.from({ length: particles }, () => 2 * Math.PI * uniform());
  const growths: number[] = [];
  for (let t = 0; t < steps + 20; t += 1) {
    const weights = new Float64Array(particles);
    let total = 0;
    const next = angles.map((angle, i) => {
      let [x, y] = [(1 - stepSize * ridge) * Math.cos(angle), (1 - stepSize * ridge) * Math.sin(angle)];
      for (let b = 0; b < batchSize; b += 1) {
        const input = [Math.sqrt(eigenvalues[0]) * normal(), Math.sqrt(eigenvalues[1]) * normal()];
        const residual = (stepSize / batchSize) * (input[0] * Math.cos(angle) + input[1] * Math.sin(angle));
        x -= residual * input[0];
        y -= residual * input[1];
      }
      weights[i] = Math.hypot(x, y) ** power;
      total += weights[i];
      return Math.atan2(y, x);
    });
    if (t >= 20) growths.push(Math.log(total / particles));
    angles = new Float64Array(particles);
    let [from, sum] = [0, weights[0]];
    for (let i = 0; i < particles; i += 1) {
      const level = ((i + uniform()) * total) / particles;
      while (sum < level && from < particles - 1) sum += weights[(from += 1)];
      angles[i] = next[from];
    }
  }
  const mean = growths.reduce((sum, value) => sum + value, 0) / steps;
  const variance = growths.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (steps - 1);
  return { mean, error: Math.sqrt(variance / steps) };
}

test("at the index simulated products neither grow nor decay; at 1.15 of it they grow (five standard errors)", () => {
  for (const regression of [{ eigenvalues: [1, 0.1], ridge: 0, stepSize: 0.7, batchSize: 1 }, { eigenvalues: [1, 0.4], ridge: 0.1, stepSize: 1, batchSize: 2 }] as const) {
    const index = planarKestenIndex(regression).index as number;
    const at = growthByParticles(regression, index, 10000, 60);
    assert.ok(Math.abs(at.mean) < 5 * at.error, `${at.mean} ± ${at.error} at ${index}`);
    const above = growthByParticles(regression, 1.15 * index, 10000, 60);
    assert.ok(above.mean > 5 * above.error, `${above.mean} ± ${above.error}`);
  }
});

test("too large a step is not stationary, with the exponent that says so", () => {
  const found = planarKestenIndex({ eigenvalues: [1, 0.5], ridge: 0, stepSize: 1.5, batchSize: 1 });
  assert.equal(found.kind, "not stationary");
  near(found.lyapunovExponent, 0.08781, 1e-3);
});

test("bad input is refused by name", () => {
  const regression = { eigenvalues: [1, 0.5], ridge: 0, stepSize: 0.3, batchSize: 1 } as const;
  assert.throws(() => planarKestenIndex({ ...regression, eigenvalues: [1, 0] }), /RangeError: eigenvalues\[1\]: expected a finite number above 0, found 0/);
  assert.throws(() => planarKestenIndex({ ...regression, eigenvalues: [1] as never }), /RangeError: eigenvalues\.length: expected 2, found 1/);
  assert.throws(() => planarKestenIndex({ ...regression, batchSize: 0.5 }), /RangeError: batchSize: /);
  assert.throws(() => planarKestenIndex({ ...regression, ridge: NaN }), /RangeError: ridge: /);
});
