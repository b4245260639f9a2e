import assert from "node:assert/strict";
import type { LaneArithmetic } from "../../../src/kernels/lane-arithmetic.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

/** A function of one number, as it is written for kernels. */
type LaneFunction = <W>(lanes: LaneArithmetic<number, W, boolean>, x: number) => number;

export interface Width {
  readonly bits: number;
  readonly evaluate: (value: LaneFunction, x: number) => number;
  readonly round: (x: number) => number;
  /** The neighbour above or below a finite number. */
  readonly above: (x: number) => number;
  readonly below: (x: number) => number;
  /** Distance of neighbouring numbers in the binade of `x`. */
  readonly ulp: (x: number) => number;
  readonly leastNormal: number;
}

const exponentOf = (x: number): number => {
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  return 2 ** exponent > Math.abs(x) ? exponent - 1 : 2 ** (exponent + 1) <= Math.abs(x) ? exponent + 1 : exponent;
};

const width = <W>(lanes: LaneArithmetic<number, W, boolean>, mantissaBits: number, leastExponent: number): Width => {
  const towards = (x: number, away: boolean): number => {
    if (x === 0) return (away ? 1 : -1) * 2 ** (leastExponent - mantissaBits);
    const one = lanes.word(1n);
    const step = x > 0 === away ? lanes.addWords : lanes.subtractWords;
    return lanes.realOf(step(lanes.bitsOf(x), one));
  };
  return {
    bits: lanes.bits,
    evaluate: (value, x) => value(lanes, x),
    round: (x) => lanes.real(x),
    above: (x) => towards(x, true),
    below: (x) => towards(x, false),
    ulp: (x) => 2 ** ((x === 0 ? leastExponent : Math.max(leastExponent, exponentOf(x))) - mantissaBits),
    leastNormal: 2 ** leastExponent,
  };
};

export const single = width(float32Lanes, 23, -126);
export const double = width(float64Lanes, 52, -1022);
export const widths: readonly Width[] = [single, double];

/** `count` + 1 numbers from `from` to `to`, rounded to the width. */
export function* grid({ round }: Width, from: number, to: number, count: number): Generator<number> {
  for (let index = 0; index <= count; index++) yield round(from + ((to - from) * index) / count);
}

/** `count` + 1 numbers from `from` to `to` at constant ratio, rounded to the width. */
export function* geometricGrid({ round }: Width, from: number, to: number, count: number): Generator<number> {
  const step = (Math.log2(to) - Math.log2(from)) / count;
  for (let index = 0; index <= count; index++) yield round(2 ** (Math.log2(from) + index * step));
}

/** A number and its `count` neighbours on either side, upwards. */
export function* neighbours({ round, above, below }: Width, centre: number, count: number): Generator<number> {
  let x = round(centre);
  for (let index = 0; index < count; index++) x = below(x);
  for (let index = 0; index <= 2 * count; index++, x = above(x)) yield x;
}

/** Every value at `points` is within `ulps` units in the last place of the reference, plus `absolute`. */
export const assertAccurate = (
  at: Width,
  value: LaneFunction,
  reference: (x: number) => number,
  points: Iterable<number>,
  ulps: number,
  absolute = 0,
): void => {
  for (const x of points) {
    const truth = reference(x);
    const found = at.evaluate(value, x);
    const error = Math.abs(found - truth);
    assert.ok(
      error <= ulps * at.ulp(truth) + absolute,
      `at ${x}, ${at.bits} bits: ${found}, expected ${truth}, off by ${error / at.ulp(truth)} ulp`,
    );
  }
};

/** The values at `points`, which ascend, never descend. */
export const assertMonotone = (at: Width, value: LaneFunction, points: Iterable<number>): void => {
  let last = Number.NEGATIVE_INFINITY;
  for (const x of points) {
    const found = at.evaluate(value, x);
    assert.ok(found >= last, `at ${x}, ${at.bits} bits: ${found} after ${last}`);
    last = found;
  }
};

/** The value at `x` is exactly `expected`, the sign of zero included. */
export const assertValue = (at: Width, value: LaneFunction, x: number, expected: number): void => {
  const found = at.evaluate(value, at.round(x));
  assert.ok(Object.is(found, expected), `at ${x}, ${at.bits} bits: ${found}, expected ${expected}`);
};
