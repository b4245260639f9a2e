import { test } from "node:test";
import { hyperbolicTangent } from "../../../src/kernels/functions/index.ts";
import { assertAccurate, assertMonotone, assertValue, geometricGrid, grid, neighbours, widths } from "./lane-accuracy.ts";

for (const at of widths) {
  test(`the hyperbolic tangent is within 2 ulp, ${at.bits} bits`, () => {
    assertAccurate(at, hyperbolicTangent, Math.tanh, grid(at, -1, 1, 100_000), 2);
    assertAccurate(at, hyperbolicTangent, Math.tanh, grid(at, -25, 25, 100_000), 2);
    assertAccurate(at, hyperbolicTangent, Math.tanh, neighbours(at, 0.625, 2000), 2);
    assertAccurate(at, hyperbolicTangent, Math.tanh, geometricGrid(at, at.leastNormal, 1, 20_000), 2);
  });

  test(`the hyperbolic tangent never descends, ${at.bits} bits`, () => {
    assertMonotone(at, hyperbolicTangent, grid(at, -25, 25, 100_000));
    assertMonotone(at, hyperbolicTangent, neighbours(at, 0.625, 5000));
    assertMonotone(at, hyperbolicTangent, neighbours(at, 0, 5000));
  });

  test(`the hyperbolic tangent is odd and ends at 1, ${at.bits} bits`, () => {
    for (const x of grid(at, 0, 10, 1000)) {
      assertValue(at, hyperbolicTangent, -x, -at.evaluate(hyperbolicTangent, x));
    }
    for (const x of [0, -0, at.ulp(0), -at.leastNormal]) assertValue(at, hyperbolicTangent, x, x);
    for (const x of [30, 1000, 1e30, Number.POSITIVE_INFINITY]) {
      assertValue(at, hyperbolicTangent, x, 1);
      assertValue(at, hyperbolicTangent, -x, -1);
    }
    assertValue(at, hyperbolicTangent, Number.NaN, Number.NaN);
  });
}
