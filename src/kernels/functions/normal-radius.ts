import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { polynomial } from "./polynomial.ts";

/** Minimax for the relative error of ln(1 + f) = f + f² P(f) on [√½ − 1, √2 − 1]: 3.0e-8. */
const singleSeries = [
  -0.499999910593, 0.333339512348, -0.250017553568, 0.199620708823, -0.165705129504, 0.149179890752, -0.143075019121,
  0.0873478129506,
];

/** Minimax for the relative error of 2 artanh s = s(2 + s² P(s²)) for s² ≤ (3 − 2√2)²: 1.2e-18. */
const doubleSeries = [
  0.666666666666673402, 0.3999999999941638573, 0.285714287420144375, 0.2222219861078472691, 0.1818356240936883916,
  0.1531409863408109973, 0.1479547800052912476,
];

const single = [1, ...singleSeries].map((coefficient) => -2 * coefficient);
const double = [2, ...doubleSeries].map((coefficient) => -2 * coefficient);

const singleRadius = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W): R => {
  const { add, multiply, real } = lanes;
  const midpoint = add(lanes.toReal(lanes.shiftRight(word, 1)), real(0.5));
  const bits = lanes.bitsOf(multiply(midpoint, real(2 ** -31)));
  // The exponent that leaves a mantissa in [√½, √2), still in its place among the bits.
  const exponent = lanes.andWords(lanes.subtractWords(bits, lanes.word(0x3f3504f3n)), lanes.word(0xff800000n));
  const f = lanes.subtract(lanes.realOf(lanes.subtractWords(bits, exponent)), real(1));
  const ofMantissa = multiply(f, polynomial(lanes, f, single));
  const ofExponent = multiply(lanes.toReal(exponent), real(-2 * Math.LN2 * 2 ** -23));
  return lanes.squareRoot(add(ofExponent, ofMantissa));
};

const doubleRadius = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W): R => {
  const { add, subtract, multiply, real } = lanes;
  const fromOneToTwo = lanes.realOf(lanes.orWords(lanes.shiftRight(word, 12), lanes.word(0x3ff0000000000000n)));
  const bits = lanes.bitsOf(subtract(real(2), fromOneToTwo));
  // Minus the exponent that leaves a mantissa in [√½, √2), rounded up: u ≤ 1, so it is not negative.
  const shifted = lanes.subtractWords(lanes.word(0x3fe6a09e667f3bcdn + 0x000fffffffffffffn), bits);
  const exponent = lanes.andWords(shifted, lanes.word(0xfff0000000000000n));
  const countFrom2To52 = lanes.orWords(lanes.shiftRight(shifted, 52), lanes.word(0x4330000000000000n));
  const count = subtract(lanes.realOf(countFrom2To52), real(2 ** 52));
  const f = subtract(lanes.realOf(lanes.addWords(bits, exponent)), real(1));
  const s = lanes.divide(f, add(f, real(2)));
  const ofMantissa = multiply(s, polynomial(lanes, multiply(s, s), double));
  return lanes.squareRoot(add(multiply(count, real(2 * Math.LN2)), ofMantissa));
};

/**
 * √(−2 ln u) of a uniform u in (0, 1] made of one uniform word: (⌊word / 2⌋ + ½)·2^−31 rounded to float32 in lanes of
 * 32 bits, 1 − ⌊word / 2^12⌋·2^−52 in lanes of 64. It follows the law of the length of two standard normals, up to 6.66
 * (8.49).
 *
 * The logarithm needs no special case, as u is a normal number that is never 0. Given the rounded u, the relative error
 * is below 1.5e-7 (3e-16). Next to u = 1 the rounding of u to float32 decides: it moves the square of the radius by up
 * to 2^−24.
 */
export const normalRadius = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W): R =>
  lanes.bits === 32 ? singleRadius(lanes, word) : doubleRadius(lanes, word);
