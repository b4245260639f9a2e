import { test } from "node:test";
import { logarithm } from "../../../src/kernels/functions/index.ts";
import { assertAccurate, assertMonotone, assertValue, geometricGrid, grid, neighbours, widths } from "./lane-accuracy.ts";

for (const at of widths) {
  const ulps = at.bits === 32 ? 1 : 2;
  const greatest = at.bits === 32 ? 2 ** 127 : 2 ** 1023;

  test(`the logarithm is within 1 ulp, next to 1 and over all exponents, ${at.bits} bits`, () => {
    assertAccurate(at, logarithm, Math.log, grid(at, 0.01, 3, 200_000), ulps);
    assertAccurate(at, logarithm, Math.log, grid(at, 0.99, 1.01, 50_000), ulps);
    assertAccurate(at, logarithm, Math.log, neighbours(at, 1, 2000), ulps);
    assertAccurate(at, logarithm, Math.log, geometricGrid(at, at.leastNormal, greatest, 100_000), ulps);
  });

  test(`the logarithm of denormal numbers, ${at.bits} bits`, () => {
    assertAccurate(at, logarithm, Math.log, geometricGrid(at, at.ulp(0), 2 * at.leastNormal, 20_000), ulps);
    assertAccurate(at, logarithm, Math.log, neighbours(at, at.leastNormal, 1000), ulps);
  });

  test(`the logarithm never descends, ${at.bits} bits`, () => {
    for (const exponent of [-100, -3, -2, -1, 0, 1, 2, 3, 100]) {
      assertMonotone(at, logarithm, neighbours(at, Math.SQRT1_2 * 2 ** exponent, 2000));
      assertMonotone(at, logarithm, neighbours(at, 2 ** exponent, 2000));
    }
    assertMonotone(at, logarithm, neighbours(at, at.leastNormal, 2000));
    assertMonotone(at, logarithm, grid(at, 0, 10, 100_000));
  });

  test(`the logarithm of edge arguments, ${at.bits} bits`, () => {
    assertValue(at, logarithm, 1, 0);
    assertValue(at, logarithm, 0, Number.NEGATIVE_INFINITY);
    assertValue(at, logarithm, -0, Number.NEGATIVE_INFINITY);
    assertValue(at, logarithm, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (const x of [-at.ulp(0), -1, -1e30, Number.NEGATIVE_INFINITY, Number.NaN]) {
      assertValue(at, logarithm, x, Number.NaN);
    }
  });
}
