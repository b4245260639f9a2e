import assert from "node:assert/strict";
import { test } from "node:test";
import { convergenceOrder, multiplicativeFlowMoment, squareRootDefect, wholeSteps } from "../../src/numerics/index.ts";
import type { FlowProcess } from "../../src/numerics/index.ts";

const flow = (process: FlowProcess, points: readonly number[], stepSize = 0.1, noise = 0.7, horizon = 1) => multiplicativeFlowMoment({ process, points, noise, stepSize, horizon });

/** 𝔼 Π Z over all 2ⁿ signs. */
function overAllSigns(points: readonly number[], stepSize: number, noise: number, steps: number): number {
  if (steps === 0) return points.reduce((product, point) => product * point, 1);
  return [1, -1].reduce((sum, sign) => sum + overAllSigns(points.map((z) => z * (1 - stepSize * (1 + noise * sign))), stepSize, noise, steps - 1) / 2, 0);
}

test("SGD's moments are the mean over all signs, for any number of points", () => {
  for (const points of [[2], [1, -1.5], [1, -1, 0.5], [-1, -2, -1.1, 0.3]]) assert.ok(Math.abs(flow("SGD", points) - overAllSigns(points, 0.1, 0.7, 10)) < 1e-13);
});

test("two points have the known exponents, and one point cannot tell the equation from the flow", () => {
  const [stepSize, noise] = [0.1, 0.7];
  assert.ok(Math.abs(flow("SGD", [1, -1]) + ((1 - stepSize) ** 2 + stepSize ** 2 * noise ** 2) ** 10) < 1e-15);
  assert.ok(Math.abs(flow("stochastic modified flow", [1, -1]) + Math.exp(-2 - stepSize + stepSize * noise ** 2)) < 1e-15);
  assert.ok(Math.abs(flow("stochastic modified equation", [1, -1]) + Math.exp(-2 - stepSize - stepSize * noise ** 2)) < 1e-15);
  for (const points of [[1], [-3], [1, 2], [-1, -2], [0.5, 1, 2]]) assert.ok(Math.abs(flow("stochastic modified equation", points) / flow("stochastic modified flow", points) - 1) < 1e-14);
  assert.equal(flow("gradient flow", [1, 2, 0.5]), Math.exp(-3));
});

test("the moments of the equation are those of exp of Brownian motion with opposite signs", () => {
  const [stepSize, noise, horizon] = [0.2, 0.9, 1];
  const scale = noise * Math.sqrt(stepSize * horizon);
  const drift = -(1 + stepSize / 2 + (stepSize * noise ** 2) / 2) * horizon;
  const gaussian = (power: number) => {
    let sum = 0;
    for (let g = -10; g <= 10; g += 0.01) sum += 0.01 * (Math.exp(-g * g / 2) / Math.sqrt(2 * Math.PI)) * Math.exp(power * scale * g);
    return sum;
  };
  const expected = 2 * -1 * 3 * Math.exp(3 * drift) * gaussian(2 - 1);
  const found = flow("stochastic modified equation", [2, -1, 3], stepSize, noise, horizon);
  assert.ok(Math.abs(found / expected - 1) < 1e-9, `${found}, expected ${expected}`);
  const wrong = 2 * -1 * 3 * Math.exp(3 * drift) * gaussian(3);
  assert.ok(Math.abs(found / wrong - 1) > 0.4, `${found}, with noise of one sign ${wrong}`);
});

test("the defect of the square root is 2 s² T |xy| e^−2T", () => {
  const gradients = [1, -1].map((sign) => (z: number) => z * (1 + 0.7 * sign));
  const defect = (first: number, second: number, steps?: number) => squareRootDefect({ gradients, curvature: () => 1, first, second, horizon: 1.5, ...(steps === undefined ? {} : { steps }) });
  const exact = 2 * 0.49 * 1.5 * 2 * 0.5 * Math.exp(-3);
  assert.ok(Math.abs(defect(2, -0.5) / exact - 1) < 1e-10);
  assert.ok(Math.abs(defect(2, 0.5)) < 1e-14, "no defect between points of one sign");
  assert.ok(Math.abs(defect(2, -0.5, 10) / exact - 1) > Math.abs(defect(2, -0.5, 20) / exact - 1));
  assert.throws(() => defect(2, -0.5, 11), /steps: expected an even number, found 11/);
  assert.throws(() => squareRootDefect({ gradients: [], curvature: () => 1, first: 1, second: 1, horizon: 1 }), /gradients\.length: expected an integer of at least 1, found 0/);
});

test("an order is found from any step sizes, with the next term taken away", () => {
  const stepSizes = [0.2, 0.1, 0.06, 0.03, 0.015];
  const { order, localSlopes, uncertainty } = convergenceOrder(stepSizes, stepSizes.map((eta) => 3 * eta ** 2 * Math.exp(0.8 * eta)));
  assert.ok(Math.abs(order - 2) < 1e-3, String(order));
  assert.ok(Math.abs(localSlopes.at(-1)!.slope - 2) > 0.01 && localSlopes.length === 4);
  assert.ok(uncertainty < 0.01);
  assert.ok(convergenceOrder(stepSizes, stepSizes.map((eta) => eta + 30 * eta ** 2)).uncertainty > 0.1, "far from the limit");
});

test("an order of fewer than 4 points, of unsorted steps or of an error of 0 is refused", () => {
  assert.throws(() => convergenceOrder([0.3, 0.2, 0.1], [3, 2, 1]), /stepSizes\.length: expected at least 4 step sizes for an order, found 3/);
  assert.throws(() => convergenceOrder([0.4, 0.2, 0.3, 0.1], [4, 3, 2, 1]), /stepSizes\[2\]: expected a number below stepSizes\[1\] = 0\.2, found 0\.3/);
  assert.throws(() => convergenceOrder([0.4, 0.3, 0.2, 0.1], [4, 3, 0, 1]), /errors\[2\]: expected a finite number above 0, found 0/);
});

test("steps are whole", () => {
  assert.equal(wholeSteps(1, 0.1), 10);
  assert.equal(wholeSteps(0.3, 0.1), 3);
  assert.throws(() => wholeSteps(1, 0.15), /stepSize: expected a whole number of steps in the horizon 1, found 0\.15/);
  assert.throws(() => wholeSteps(1, 3), /found 3/);
  assert.throws(() => wholeSteps(1, 0), /stepSize: expected a finite number above 0, found 0/);
});
