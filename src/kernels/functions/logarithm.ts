import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { polynomial } from "./polynomial.ts";

interface Format {
  readonly leastNormal: number;
  /** Brings every denormal number among the normal ones. */
  readonly rescalingExponent: number;
  readonly mantissaBits: number;
  readonly mantissaMask: bigint;
  readonly exponentBias: number;
  readonly bitsOfOne: bigint;
  readonly bitsOfRootOfHalf: bigint;
  /** ln 2 in two parts, the first short enough for k·ln 2 to be exact. */
  readonly logarithmOfTwo: readonly [number, number];
}

const single: Format = {
  leastNormal: 2 ** -126,
  rescalingExponent: 25,
  mantissaBits: 23,
  mantissaMask: 0x7fffffn,
  exponentBias: 127,
  bitsOfOne: 0x3f800000n,
  bitsOfRootOfHalf: 0x3f3504f3n,
  logarithmOfTwo: [0.693359375, -2.1219444e-4],
};

const double: Format = {
  leastNormal: 2 ** -1022,
  rescalingExponent: 54,
  mantissaBits: 52,
  mantissaMask: 0xfffffffffffffn,
  exponentBias: 1023,
  bitsOfOne: 0x3ff0000000000000n,
  bitsOfRootOfHalf: 0x3fe6a09e667f3bcdn,
  logarithmOfTwo: [6.93147180369123816490e-1, 1.90821492927058770002e-10],
};

const cephes = [
  3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1, -1.2420140846e-1,
  1.1676998740e-1, -1.1514610310e-1, 7.0376836292e-2,
];

const fdlibm = [
  6.666666666666735130e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
];

/**
 * ln x = k ln 2 + ln(1 + f) with x = 2ᵏ(1 + f) and 1 + f in [√½, √2): ln(1 + f) by a polynomial in f in lanes of 32
 * bits (Cephes, `logf`), by one in (f / (2 + f))² in lanes of 64 (fdlibm, `e_log.c`).
 *
 * The error is below 1 ulp, for denormal x too. ln ±0 = −∞, ln ∞ = ∞; of negative numbers and NaN it is NaN.
 */
export const logarithm = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R): R => {
  const format = lanes.bits === 32 ? single : double;
  const { add, subtract, multiply, real } = lanes;
  const isSmall = lanes.less(x, real(format.leastNormal));
  const normal = lanes.select(isSmall, multiply(x, real(2 ** format.rescalingExponent)), x);
  const offset = lanes.word(format.bitsOfOne - format.bitsOfRootOfHalf);
  const shifted = lanes.addWords(lanes.bitsOf(normal), offset);
  const bias = lanes.select(isSmall, real(format.exponentBias + format.rescalingExponent), real(format.exponentBias));
  const k = subtract(lanes.toReal(lanes.shiftRight(shifted, format.mantissaBits)), bias);
  const mantissa = lanes.addWords(
    lanes.andWords(shifted, lanes.word(format.mantissaMask)),
    lanes.word(format.bitsOfRootOfHalf),
  );
  const f = subtract(lanes.realOf(mantissa), real(1));
  const high = multiply(k, real(format.logarithmOfTwo[0]));
  const low = multiply(k, real(format.logarithmOfTwo[1]));
  const halfSquare = multiply(multiply(f, f), real(0.5));

  const singleSum = (): R => {
    const square = multiply(f, f);
    const cube = multiply(multiply(f, square), polynomial(lanes, f, cephes));
    return add(add(f, subtract(add(cube, low), halfSquare)), high);
  };
  const doubleSum = (): R => {
    const s = lanes.divide(f, add(real(2), f));
    const square = multiply(s, s);
    const series = multiply(square, polynomial(lanes, square, fdlibm));
    const correction = add(multiply(s, add(halfSquare, series)), low);
    return subtract(high, subtract(subtract(halfSquare, correction), f));
  };
  const finite = lanes.bits === 32 ? singleSum() : doubleSum();

  const positive = lanes.select(lanes.less(x, real(Number.POSITIVE_INFINITY)), finite, x);
  const signed = lanes.select(lanes.less(x, real(0)), real(Number.NaN), positive);
  return lanes.select(lanes.equal(x, real(0)), real(Number.NEGATIVE_INFINITY), signed);
};
