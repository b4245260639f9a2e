import assert from "node:assert/strict";
import { test } from "node:test";
import { cosine, sine } from "../../../src/kernels/functions/index.ts";
import { assertAccurate, assertValue, double, grid, neighbours, single, widths } from "./lane-accuracy.ts";

for (const [name, value, reference] of [
  ["sine", sine, Math.sin],
  ["cosine", cosine, Math.cos],
] as const) {
  for (const at of widths) {
    const [farthest, absolute, limit] = at === single ? [8192, 2e-11, 2 ** 21] : [1e6, 1e-20, 2 ** 50];

    test(`the ${name} is within 2 ulp, ${at.bits} bits`, () => {
      assertAccurate(at, value, reference, grid(at, -10, 10, 100_000), 2, absolute);
      assertAccurate(at, value, reference, grid(at, -farthest, farthest, 200_000), 2, absolute);
    });

    test(`the ${name} changes quadrants without a step, ${at.bits} bits`, () => {
      for (const eighth of [1, 2, 3, 4, 5, 7, 9, 101, 4001, 10_429]) {
        assertAccurate(at, value, reference, neighbours(at, (eighth * Math.PI) / 4, 300), 2, absolute);
      }
    });

    test(`the ${name} is absolutely accurate where it is almost 0, ${at.bits} bits`, () => {
      for (let n = 1; (n * Math.PI) / 2 < farthest; n = Math.ceil(n * 1.002)) {
        assertAccurate(at, value, reference, [at.round((n * Math.PI) / 2)], 2, absolute);
      }
    });

    test(`the ${name} loses digits in proportion beyond that, ${at.bits} bits`, () => {
      for (const x of grid(at, farthest, limit, 20_000)) {
        const error = Math.abs(at.evaluate(value, x) - reference(x));
        assert.ok(error < x * (at === single ? 2 ** -24 : 2 ** -52), `at ${x}: ${error}`);
      }
    });

    test(`the ${name} is NaN where it has no meaning, ${at.bits} bits`, () => {
      for (const x of [at.above(limit), -at.above(limit), 1e30, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        assertValue(at, value, x, Number.NaN);
      }
      assertValue(at, value, Number.NaN, Number.NaN);
    });
  }
}

for (const at of [single, double]) {
  test(`the sine is odd, the cosine even, to the bit, ${at.bits} bits`, () => {
    for (const x of grid(at, 0, 100, 1000)) {
      assertValue(at, sine, -x, -at.evaluate(sine, x));
      assertValue(at, cosine, -x, at.evaluate(cosine, x));
    }
    for (const x of [0, -0, at.ulp(0), -at.leastNormal]) {
      assertValue(at, sine, x, x);
      assertValue(at, cosine, x, 1);
    }
  });
}
