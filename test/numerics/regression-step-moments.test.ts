import assert from "node:assert/strict";
import { test } from "node:test";
import { affineAverageSquare, affineMoments, affinePairMoment, affineStationarySquare, gaussHermite, gaussianRecursionTailIndex, gaussianStepMoments, integrate, pearsonStepMoments, sgdStepMoments, type AffineStepMoments } from "../../src/numerics/index.ts";

const close = (found: number, expected: number, tolerance: number) => assert.ok(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${found} instead of ${expected}`);

/** Moments of one random step from a point, by a rule for two independent noises. */
function checkStep(step: AffineStepMoments, next: (w: number, first: number, second: number) => number, nodes: { readonly nodes: Float64Array; readonly weights: Float64Array }) {
  const normal = gaussHermite(24);
  for (const w of [-1.3, 0.4, 2]) {
    const moment = (power: number) => nodes.nodes.reduce((sum, first, i) => sum + nodes.weights[i] * normal.nodes.reduce((inner, second, j) => inner + normal.weights[j] * next(w, first, second) ** power, 0), 0);
    close(step.mean * w, moment(1), 1e-12);
    close(step.square.factor * w ** 2 + step.square.increment, moment(2), 1e-12);
    close(step.cube.factor * w ** 3 + step.cube.fromMean * w, moment(3), 1e-12);
  }
}

test("one step of SGD has the moments of its sum over inputs and labels, Gaussian or on three points", () => {
  const [stepSize, labelNoise] = [0.3, 0.7];
  const sgd = (w: number, x: number, zeta: number) => w - stepSize * x * (x * w - labelNoise * zeta);
  checkStep(sgdStepMoments({ stepSize, labelNoise, inputs: { kind: "gaussian" } }), sgd, gaussHermite(24));
  const kurtosis = 2.5;
  const threePoints = { nodes: Float64Array.of(-Math.sqrt(kurtosis), 0, Math.sqrt(kurtosis)), weights: Float64Array.of(0.5 / kurtosis, 1 - 1 / kurtosis, 0.5 / kurtosis) };
  checkStep(sgdStepMoments({ stepSize, labelNoise, inputs: { kind: "three-point", kurtosis } }), sgd, threePoints);
});

test("one step with normal noise has the moments of its sum", () => {
  const noise = { stepSize: 0.25, labelNoise: 0.6, multiplicative: 2 };
  checkStep(gaussianStepMoments(noise), (w, xi) => (1 - 0.25) * w + 0.25 * Math.sqrt(2 * w * w + 0.36) * xi, gaussHermite(24));
});

test("the moments of a diffusion solve its moment equations, also where rates coincide", () => {
  for (const [restoring, multiplicative] of [[1.1, 2], [1, 1], [1, 0], [0.5, 10]] as const) {
    const [stepSize, labelNoise, start] = [0.2, 0.8, 1.4];
    const { mean, square, cube } = pearsonStepMoments({ restoring, stepSize, labelNoise, multiplicative });
    let moments = [start, start ** 2, start ** 3];
    const count = 400;
    const rates = ([first, second, third]: readonly number[]) => [-restoring * first, (-2 * restoring + stepSize * multiplicative) * second + stepSize * labelNoise ** 2, 3 * (-restoring + stepSize * multiplicative) * third + 3 * stepSize * labelNoise ** 2 * first];
    const along = (at: readonly number[], by: number, slope: readonly number[]) => at.map((value, i) => value + by * slope[i]);
    for (let i = 0; i < count; i += 1) {
      const h = stepSize / count;
      const k1 = rates(moments);
      const k2 = rates(along(moments, h / 2, k1));
      const k3 = rates(along(moments, h / 2, k2));
      const k4 = rates(along(moments, h, k3));
      moments = moments.map((value, j) => value + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
    }
    close(mean * start, moments[0], 1e-11);
    close(square.factor * start ** 2 + square.increment, moments[1], 1e-11);
    close(cube.factor * start ** 3 + cube.fromMean * start, moments[2], 1e-11);
  }
});

test("variance and third cumulant of SGD at small steps are the integrals of its noise along the gradient flow", () => {
  const [start, horizon, steps] = [1.5, 1, 20_000];
  const stepSize = horizon / steps;
  const { variance, thirdCumulant, cube, square, mean } = affineMoments(sgdStepMoments({ stepSize, labelNoise: 1, inputs: { kind: "gaussian" } }), start, steps);
  const at = (t: number) => start * Math.exp(-t);
  const spread = (t: number) => integrate((s) => Math.exp(-2 * (t - s)) * (2 * at(s) ** 2 + 1), 0, t).value;
  close(variance / stepSize, spread(horizon), 1e-3);
  const skewness = (t: number) => 12 * at(t) * spread(t) - (8 * at(t) ** 3 + 6 * at(t));
  close(thirdCumulant / stepSize ** 2, integrate((t) => Math.exp(-3 * (horizon - t)) * skewness(t), 0, horizon, { relativeTolerance: 1e-6 }).value, 1e-3);
  close(cube, thirdCumulant + 3 * mean * variance + mean ** 3, 1e-14);
  close(square, variance + mean ** 2, 1e-14);
});

test("SGD's mean loss is that of the decoupled diffusion to second order for Gaussian inputs, and to first at kurtosis 2", () => {
  const error = (inputs: Parameters<typeof sgdStepMoments>[0]["inputs"], steps: number) => {
    const stepSize = 1 / steps;
    const sgd = affineMoments(sgdStepMoments({ stepSize, labelNoise: 1, inputs }), 1.5, steps).square;
    return Math.abs(sgd - affineMoments(pearsonStepMoments({ restoring: 1, multiplicative: 1, stepSize, labelNoise: 1 }), 1.5, steps).square);
  };
  close(error({ kind: "gaussian" }, 200) / error({ kind: "gaussian" }, 400), 4, 0.02);
  close(error({ kind: "three-point", kurtosis: 2 }, 200) / error({ kind: "three-point", kurtosis: 2 }, 400), 2, 0.02);
});

test("the average's square is that of all covariances, and the long run of a stationary chain", () => {
  const step = sgdStepMoments({ stepSize: 0.2, labelNoise: 1, inputs: { kind: "gaussian" } });
  const steps = 7;
  let total = 0;
  for (let j = 1; j <= steps; j += 1) for (let k = 1; k <= steps; k += 1) total += affineMoments(step, 0.9, Math.min(j, k)).square * step.mean ** Math.abs(j - k);
  close(affineAverageSquare(step, 0.9, steps), total / steps ** 2, 1e-13);
  close(affineStationarySquare(step), 0.04 / (0.4 - 0.12), 1e-13);
  close(affineAverageSquare(step, 0, 200_000) * 200_000, affineStationarySquare(step) * (1.8 / 0.2), 1e-3);
  assert.throws(() => affineStationarySquare(sgdStepMoments({ stepSize: 0.7, labelNoise: 1, inputs: { kind: "gaussian" } })), /square\.factor: expected a number below 1, at which squares contract, found 1\.0(7|6999)/);
});

test("two points of SGD move as products of one step, and equal points as a square", () => {
  const step = sgdStepMoments({ stepSize: 0.3, labelNoise: 0.7, inputs: { kind: "gaussian" } });
  const [x, y] = [1.2, -0.5];
  const rule = gaussHermite(16);
  const next = (w: number, input: number, label: number) => w - 0.3 * input * (input * w - 0.7 * label);
  const exact = rule.nodes.reduce((sum, a, i) => sum + rule.weights[i] * rule.nodes.reduce((inner, b, j) => inner + rule.weights[j] * next(x, a, b) * next(y, a, b), 0), 0);
  close(affinePairMoment(step, [x, y], 1), exact, 1e-12);
  close(affinePairMoment(step, [x, x], 9), affineMoments(step, x, 9).square, 1e-13);
});

test("the tail of descent with normal noise: 2/m over the step size at small steps, and finite variance where squares contract", () => {
  for (const multiplicative of [1, 2]) close(gaussianRecursionTailIndex({ stepSize: 1e-4, multiplicative }).index! * 1e-4, 2 / multiplicative, 1e-3);
  const threshold = 2 / 3;
  close(gaussianRecursionTailIndex({ stepSize: threshold, multiplicative: 2 }).index!, 2, 1e-5);
});
