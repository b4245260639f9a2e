import { test } from "node:test";
import { exponential } from "../../../src/kernels/functions/index.ts";
import { assertAccurate, assertMonotone, assertValue, double, grid, neighbours, single, widths } from "./lane-accuracy.ts";

for (const at of widths) {
  const [lowest, leastNormal, highest] = at === single ? [-103.9, -87.3, 88.72] : [-745.1, -708.3, 709.78];

  test(`the exponential is within 1 ulp, ${at.bits} bits`, () => {
    assertAccurate(at, exponential, Math.exp, grid(at, leastNormal, highest, 200_000), at === single ? 1 : 2);
    assertAccurate(at, exponential, Math.exp, grid(at, -1, 1, 200_000), at === single ? 1 : 2);
    for (const n of [-120, -20, -3, -1, 0, 1, 3, 20, 100]) {
      const boundary = (n + 0.5) * Math.LN2;
      assertAccurate(at, exponential, Math.exp, neighbours(at, boundary, 500), at === single ? 1 : 2);
    }
  });

  test(`the exponential goes down to 0 through the denormals, ${at.bits} bits`, () => {
    assertAccurate(at, exponential, Math.exp, grid(at, lowest, leastNormal, 20_000), 1);
    assertMonotone(at, exponential, grid(at, lowest - 10, leastNormal, 20_000));
  });

  test(`the exponential never descends, ${at.bits} bits`, () => {
    assertMonotone(at, exponential, grid(at, lowest - 1, highest + 1, 100_000));
    for (const n of [-120, -20, -3, -2, -1, 0, 1, 2, 3, 20, 100]) {
      assertMonotone(at, exponential, neighbours(at, (n + 0.5) * Math.LN2, 2000));
    }
    assertMonotone(at, exponential, neighbours(at, 0, 2000));
  });

  test(`the exponential of edge arguments, ${at.bits} bits`, () => {
    for (const x of [0, -0, at.ulp(0), -at.ulp(0)]) assertValue(at, exponential, x, 1);
    for (const x of [at.leastNormal, 2 ** -60]) assertValue(at, exponential, x, 1);
    assertValue(at, exponential, Number.NaN, Number.NaN);
    assertValue(at, exponential, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    assertValue(at, exponential, Number.NEGATIVE_INFINITY, 0);
    for (const x of [1e4, 1e30]) {
      assertValue(at, exponential, x, Number.POSITIVE_INFINITY);
      assertValue(at, exponential, -x, 0);
    }
  });
}

test("the exponential leaves the finite numbers where it must", () => {
  assertValue(single, exponential, 88.72283935546875, Number.POSITIVE_INFINITY);
  assertValue(double, exponential, 709.7827128933841, Number.POSITIVE_INFINITY);
  assertAccurate(single, exponential, Math.exp, [88.72283172607422], 1);
  assertAccurate(double, exponential, Math.exp, [709.782712893384], 1);
  assertValue(single, exponential, -104, 0);
  assertValue(single, exponential, -103.9, 2 ** -149);
  assertValue(double, exponential, -745.2, 0);
  assertValue(double, exponential, -745.1, 2 ** -1074);
});
