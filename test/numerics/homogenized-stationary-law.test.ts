import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussianCovarianceTailIndex, homogenizedStationaryLaw, homogenizedStationaryLoss, homogenizedTailIndex, integrate, kestenSmallStepConstant } from "../../src/numerics/index.ts";
import { near } from "./near.ts";

const sgd = { eigenvalues: [2], ridge: 0.4, stepSize: 0.15, batchSize: 1 };
const fit = { solution: [1.5], loss: 0.3 };
const [curvature, m] = [sgd.eigenvalues[0], fit.solution[0]];
const loss = (x: number) => fit.loss + (curvature * (x - m) ** 2) / 2;

test("the stationary flux vanishes at every point", () => {
  const law = homogenizedStationaryLaw(sgd, fit);
  const spread = (x: number) => ((sgd.stepSize ** 2 * curvature) / sgd.batchSize) * loss(x) * law.density(x);
  for (const x of [-20, -1, 0.5, 1, 1.3, 1.5, 2, 10, 100]) {
    const h = 1e-3 * (1 + Math.abs(x - m));
    const slope = (8 * (spread(x + h) - spread(x - h)) - (spread(x + 2 * h) - spread(x - 2 * h))) / (12 * h);
    const drift = -sgd.stepSize * (curvature * (x - m) + sgd.ridge * x) * law.density(x);
    assert.ok(Math.abs(drift - slope) <= 1e-7 * (Math.abs(drift) + spread(x)), `${drift} ${slope} at ${x}`);
  }
});

test("its mean is the ridge solution and its mean loss that of the moment equations", () => {
  const law = homogenizedStationaryLaw(sgd, fit);
  const mean = (f: (x: number) => number) => integrate((x) => f(x) * law.density(x), -Infinity, Infinity).value;
  near(mean(() => 1), 1, 1e-9);
  near(mean((x) => x), (curvature * m) / (curvature + sgd.ridge), 1e-8);
  near(mean(loss), homogenizedStationaryLoss(sgd, fit).loss as number, 1e-8);
});

test("its tail has the index of the bounds and of the angular equation, and no ridge makes it symmetric", () => {
  const law = homogenizedStationaryLaw(sgd, fit);
  const slope = -Math.log(law.survival(2e6) / law.survival(1e6)) / Math.LN2;
  near(slope, homogenizedTailIndex(sgd).index as number, 1e-5);
  const symmetric = homogenizedStationaryLaw({ ...sgd, ridge: 0 }, fit);
  near(symmetric.survival(m + 3), symmetric.cdf(m - 3), 1e-12);
  assert.ok(law.cdf(m - 3) > 1.5 * law.survival(m + 3));
});

test("the exact Gaussian covariance gives (3 - d)/2 + B/γ, and index 0 where its Lyapunov exponent is 0", () => {
  const unit = { curvature: 1, ridge: 0, batchSize: 1 };
  assert.equal(gaussianCovarianceTailIndex({ ...unit, dimension: 1, stepSize: 1 }).index, 2);
  assert.equal(gaussianCovarianceTailIndex({ ...unit, dimension: 5, stepSize: 0.28 }).index?.toFixed(2), "2.57");
  near(gaussianCovarianceTailIndex({ dimension: 4, curvature: 3, ridge: 0.5, stepSize: 0.1, batchSize: 2 }).index as number, -0.5 + (2 * 3.5) / 0.9, 1e-14);
  const diverging = gaussianCovarianceTailIndex({ ...unit, dimension: 7, stepSize: 0.8 });
  assert.equal(diverging.kind, "not stationary");
  near(diverging.lyapunovExponent, -0.8 + (0.64 / 2) * (-2 + 6), 1e-13);
});

test("the small-step constant solves its equation between those of the two diffusions", () => {
  assert.equal(kestenSmallStepConstant().toFixed(4), "1.7956");
});

test("bad input is refused by name", () => {
  assert.throws(() => homogenizedStationaryLaw({ ...sgd, eigenvalues: [1, 1] }, fit), /RangeError: eigenvalues\.length: expected 1, a law in one dimension, found 2/);
  assert.throws(() => homogenizedStationaryLaw(sgd, { ...fit, loss: 0 }), /RangeError: fit\.loss: /);
  assert.throws(() => homogenizedStationaryLaw(sgd, { ...fit, solution: [NaN] }), /RangeError: fit\.solution\[0\]: /);
  assert.throws(() => gaussianCovarianceTailIndex({ dimension: 1.5, curvature: 1, ridge: 0, stepSize: 1, batchSize: 1 }), /RangeError: dimension: /);
  assert.throws(() => gaussianCovarianceTailIndex({ dimension: 1, curvature: 0, ridge: 0, stepSize: 1, batchSize: 1 }), /RangeError: curvature: /);
});
