import assert from "node:assert/strict";
import { test } from "node:test";
import { accurateSmoothedObjective, asymmetricValley, gaussianWells, localMinima, lowestMinimum, onePointConvexity, rippledBowl, rippledBowlConvexity, rippledBowlThreshold, smoothedObjective, valleyFloor, type LineObjective } from "../../src/numerics/index.ts";

const bowl = { curvature: 1.3, ripple: 0.2, waveNumber: 7, phase: 0.7 };
const wells = { curvature: 0.2, wells: [{ position: 1, depth: 0.8, width: 0.2 }, { position: -1, depth: 0.6, width: 0.6 }] };
const objectives: Readonly<Record<string, LineObjective>> = { bowl: rippledBowl(bowl), valley: asymmetricValley({ rightSlope: 3, leftSlope: 0.7 }), wells: gaussianWells(wells) };
const near = (found: number, expected: number, tolerance: number) => assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected} to ${tolerance}`);

test("gradients and curvatures are the derivatives of the values", () => {
  for (const [name, { value, gradient, curvature }] of Object.entries(objectives)) {
    for (const w of [-2.1, -0.4, 0.03, 0.9, 1.7]) {
      const h = 1e-5;
      near((value(w + h) - value(w - h)) / (2 * h), gradient(w), 1e-7 * (1 + Math.abs(gradient(w))));
      near((gradient(w + h) - gradient(w - h)) / (2 * h), curvature(w), 1e-6 * (1 + Math.abs(curvature(w))));
      assert.ok(Number.isFinite(value(w)), name);
    }
  }
  assert.equal(objectives.valley.value(2000), 6000);
  assert.equal(objectives.valley.value(-2000), 1400);
});

test("quadrature gives the closed forms of the smoothed bowl and wells, and says its error", () => {
  for (const width of [0.05, 0.3, 0.6]) {
    for (const [objective, exact] of [[objectives.bowl, rippledBowl(bowl, width)], [objectives.wells, gaussianWells(wells, width)]] as const) {
      const smoothed = smoothedObjective({ objective, width });
      for (const v of [-1.3, 0, 0.4, 2]) {
        assert.ok(smoothed.error(v) < 1e-9, String(smoothed.error(v)));
        near(smoothed.value(v), exact.value(v), 1e-11);
        near(smoothed.gradient(v), exact.gradient(v), 1e-10);
        near(smoothed.curvature(v), exact.curvature(v), 1e-8);
      }
    }
  }
  const coarse = smoothedObjective({ objective: objectives.bowl, width: 0.9, nodes: 5 });
  assert.ok(coarse.error(0.1) > 0.05, "five nodes cannot resolve six waves, and it shows");
  assert.equal(smoothedObjective({ objective: objectives.bowl, width: 0 }).value(0.3), objectives.bowl.value(0.3));
});

test("a smoothed objective is the objective plus half the squared width times its curvature, up to the fourth power", () => {
  const distance = (width: number) => {
    const smoothed = smoothedObjective({ objective: objectives.valley, width });
    return Math.abs(smoothed.value(-0.2) - objectives.valley.value(-0.2) - (width ** 2 / 2) * objectives.valley.curvature(-0.2));
  };
  near(Math.log2(distance(0.04) / distance(0.02)), 4, 0.05);
});

test("the floor of the valley is where the gradient vanishes, with its third derivative", () => {
  const floor = valleyFloor({ rightSlope: 4, leftSlope: 0.5 });
  const valley = asymmetricValley({ rightSlope: 4, leftSlope: 0.5 });
  assert.equal(floor.minimiser.toFixed(4), "-0.4621");
  near(valley.gradient(floor.minimiser), 0, 1e-15);
  near(valley.curvature(floor.minimiser), floor.curvature, 1e-14);
  near((valley.curvature(floor.minimiser + 1e-5) - valley.curvature(floor.minimiser - 1e-5)) / 2e-5, floor.thirdDerivative, 1e-7);
});

test("all minima with their basins, the lowest of them, and none on a slope", () => {
  const minima = localMinima(objectives.wells, -3, 3);
  assert.deepEqual(minima.map(({ minimiser }) => minimiser.toFixed(2)), ["-0.89", "0.99"]);
  near(minima[0].upper, minima[1].lower, 0);
  near(objectives.wells.gradient(minima[0].upper), 0, 1e-10);
  assert.ok(objectives.wells.curvature(minima[0].upper) < 0);
  assert.equal(lowestMinimum(minima), minima[1]);
  assert.equal(lowestMinimum(localMinima(gaussianWells(wells, 0.25), -3, 3)).minimiser.toFixed(3), "-0.865");
  assert.throws(() => localMinima(rippledBowl({ ...bowl, ripple: 0 }), 1, 2), /RangeError: objective: expected a local minimum inside \[1, 2\]/);
});

test("one-point convexity of the ripple at phase 0 is its closed form, changes sign at the threshold, and is the curvature of a parabola", () => {
  const even = { ...bowl, ripple: 0.3, phase: 0 };
  for (const width of [0.05, 0.2, 0.35]) near(onePointConvexity(rippledBowl(even, width), 0, -3, 3).least, rippledBowlConvexity(even, width), 1e-8);
  const threshold = rippledBowlThreshold(even);
  near(rippledBowlConvexity(even, threshold), 0, 1e-12);
  assert.equal(threshold.toFixed(4), (Math.sqrt(2 * Math.log((0.21723362821 * 0.3 * 49) / 1.3)) / 7).toFixed(4));
  assert.equal(rippledBowlThreshold({ ...even, ripple: 0.01 }), 0);
  const parabola = onePointConvexity(rippledBowl({ ...bowl, ripple: 0 }), 0, -2, 5);
  near(parabola.least, 1.3, 1e-12);
  near(parabola.greatest, 1.3, 1e-12);
  near(parabola.remainder, 0, 1e-9);
});

test("the remainder of a cubic is its third derivative", () => {
  const cubic: LineObjective = { value: (w) => w * w + w ** 3, gradient: (w) => 2 * w + 3 * w * w, curvature: (w) => 2 + 6 * w };
  const constants = onePointConvexity(cubic, 0, -0.5, 0.5);
  near(constants.remainder, 6, 1e-6);
  near(constants.least, 0.5, 1e-9);
  near(constants.greatest, 3.5, 1e-9);
});

test("bad objectives, widths and rules are refused by name", () => {
  assert.throws(() => rippledBowl({ ...bowl, curvature: 0 }), /RangeError: curvature: /);
  assert.throws(() => rippledBowl(bowl, -1), /RangeError: width: /);
  assert.throws(() => asymmetricValley({ rightSlope: -1, leftSlope: 1 }), /RangeError: rightSlope: /);
  assert.throws(() => gaussianWells({ curvature: 1, wells: [{ position: 0, depth: 1, width: 0 }] }), /RangeError: wells\[0\]\.width: /);
  assert.throws(() => smoothedObjective({ objective: objectives.bowl, width: 0.1, nodes: 0 }), /RangeError: nodes: expected an integer of at least 1, found 0/);
  assert.throws(() => accurateSmoothedObjective({ objective: objectives.bowl, width: 0.9, nodes: 5 }, [0.1], 1e-6), /RangeError: nodes: expected enough for an error of 0\.000001; at 0\.1 twice as many change the result by \d\.\d+, found 5/);
  assert.throws(() => onePointConvexity(objectives.bowl, 3, -1, 1), /RangeError: minimiser: expected a number inside \(-1, 1\), found 3/);
});
