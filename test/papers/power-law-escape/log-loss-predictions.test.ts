import assert from "node:assert/strict";
import {test} from "node:test";
import {clockExponent, criticalDimensionOf, doubleWell, escapeRate, frozenNoiseRate, passageExponentOf, stationaryExponentOf} from "../../../src/papers/power-law-escape/index.ts";

const near = (found: number, expected: number, tolerance = 1e-12) => assert.ok(Math.abs(found / expected - 1) <= tolerance, `${found} is not ${expected}`);

test("exponents are those of the paper at its own step and batch sizes", () => {
  assert.equal(stationaryExponentOf(0.25), 5);
  assert.equal(stationaryExponentOf(0.1 / 1), 11);
  assert.deepEqual([1, 2, 4, 8].map((dimension) => passageExponentOf(0.1, dimension)), [10.5, 10, 9, 7]);
  assert.equal(criticalDimensionOf(0.1), 22);
  assert.equal(passageExponentOf(0.1, criticalDimensionOf(0.1)), 0);
  assert.deepEqual((["t", "tau reweighted", "tau"] as const).map((law) => clockExponent(law, 0.25)), [5, 5, 4]);
});

test("the double well has its losses, slopes and curvatures where it says", () => {
  for (const lossRatio of [1.4, 5, 30]) {
    const {loss, gradient, minimumLoss, curvatureAtMinimum, curvatureAtSaddle} = doubleWell(lossRatio);
    near(loss(0) / loss(-1), lossRatio);
    assert.equal(loss(1), minimumLoss);
    near(loss(0) - loss(1), 1);
    const step = 1e-4;
    for (const x of [-1.3, -1, -0.4, 0, 0.7, 1]) {
      assert.ok(Math.abs(gradient(x) - (loss(x + step) - loss(x - step)) / (2 * step)) < 1e-6);
    }
    const curvature = (x: number) => (gradient(x + step) - gradient(x - step)) / (2 * step);
    near(curvature(1), curvatureAtMinimum, 1e-6);
    near(curvature(0), curvatureAtSaddle, 1e-6);
  }
});

test("a well needs a saddle above its minima", () => {
  for (const lossRatio of [1, 0.5, 0, -2, NaN]) assert.throws(() => doubleWell(lossRatio), {name: "RangeError", message: `lossRatio: expected a number greater than 1, found ${lossRatio}`});
});

test("the paper's rate is a power of the loss ratio with the prefactor √32/2π, Arrhenius' an exponential", () => {
  const prefactor = Math.sqrt(32) / (2 * Math.PI);
  near(escapeRate(doubleWell(2), 0.5), prefactor * 2 ** -2.5);
  near(escapeRate(doubleWell(16), 0.25), prefactor * 2 ** -18);
  near(frozenNoiseRate(doubleWell(2), 0.5), prefactor * Math.exp(-2));
  near(frozenNoiseRate(doubleWell(5), 0.25), prefactor * Math.exp(-16));
  near(Math.log(escapeRate(doubleWell(3), 0.4) / escapeRate(doubleWell(6), 0.4)) / Math.log(2), 3);
});
