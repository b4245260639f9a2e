import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { polynomial } from "./polynomial.ts";

interface Format {
  /** Past these arguments the result is 0 or infinite; inside, the scaling below is exact until its last product. */
  readonly lowest: number;
  readonly highest: number;
  /** 1.5·2^mantissaBits: a sum with it is rounded to an integer, which its low bits then hold. */
  readonly rounder: number;
  readonly roundersBits: bigint;
  readonly mantissaBits: number;
  readonly exponentBias: bigint;
  /** ln 2 in two parts, the first short enough for n·ln 2 to be exact. */
  readonly logarithmOfTwo: readonly [number, number];
}

const single: Format = {
  lowest: -110,
  highest: 100,
  rounder: 1.5 * 2 ** 23,
  roundersBits: 0x4b400000n,
  mantissaBits: 23,
  exponentBias: 127n,
  logarithmOfTwo: [0.693359375, -2.1219444e-4],
};

const double: Format = {
  lowest: -760,
  highest: 720,
  rounder: 1.5 * 2 ** 52,
  roundersBits: 0x4338000000000000n,
  mantissaBits: 52,
  exponentBias: 1023n,
  logarithmOfTwo: [6.93147180369123816490e-1, 1.90821492927058770002e-10],
};

const cephes = [5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.39819995070e-3, 1.98756915e-4];

const fdlibm = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.65339022054652515390e-6,
  4.13813679705723846039e-8,
];

/** An even number above every |n|, so that n + offset is positive. */
const offset = 2048n;

/**
 * eˣ = 2ⁿ eʳ with n = ⌊x / ln 2⌉ and |r| ≤ ln 2 / 2: eʳ by a polynomial of degree 7 in lanes of 32 bits (Cephes,
 * `expf`), by the rational function of fdlibm (`e_exp.c`) in lanes of 64.
 *
 * The error is below 1 ulp; below the least normal number it is at most one step of the denormals more, as the result
 * is rounded twice. Overflow gives Infinity, underflow 0 by way of the denormals; e^NaN = NaN, e^∞ = ∞, e^−∞ = 0.
 */
export const exponential = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R): R => {
  const format = lanes.bits === 32 ? single : double;
  const { add, subtract, multiply, real } = lanes;
  const bounded = lanes.maximum(lanes.minimum(x, real(format.highest)), real(format.lowest));
  const rounded = add(multiply(bounded, real(Math.LOG2E)), real(format.rounder));
  const n = subtract(rounded, real(format.rounder));
  const high = subtract(bounded, multiply(n, real(format.logarithmOfTwo[0])));
  const low = multiply(n, real(format.logarithmOfTwo[1]));
  const r = subtract(high, low);
  const square = multiply(r, r);

  const singlePower = (): R => add(add(multiply(polynomial(lanes, r, cephes), square), r), real(1));
  const doublePower = (): R => {
    const c = subtract(r, multiply(square, polynomial(lanes, square, fdlibm)));
    const quotient = lanes.divide(multiply(r, c), subtract(real(2), c));
    return subtract(real(1), subtract(subtract(low, quotient), high));
  };
  const power = lanes.bits === 32 ? singlePower() : doublePower();

  // 2ⁿ itself may be no normal number: it is applied as two powers of two that are.
  const shifted = lanes.addWords(lanes.bitsOf(rounded), lanes.word(offset - format.roundersBits));
  const half = lanes.shiftRight(shifted, 1);
  const scale = (exponent: W): R => {
    const biased = lanes.addWords(exponent, lanes.word(format.exponentBias - offset / 2n));
    return lanes.realOf(lanes.shiftLeft(biased, format.mantissaBits));
  };
  return multiply(multiply(power, scale(half)), scale(lanes.subtractWords(shifted, half)));
};
