import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { exponential } from "./exponential.ts";
import { flipSign } from "./flip-sign.ts";
import { polynomial } from "./polynomial.ts";

const single = [-3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3];
const doubleNumerator = [-1.61468768441708447952e3, -9.92877231001918586564e1, -9.64399179425052238628e-1];
const doubleDenominator = [4.84406305325125486048e3, 2.23548839060100448583e3, 1.12811678491632931402e2, 1];

/**
 * tanh x, exactly odd: x + x³ P(x²) below 0.625, with P a polynomial in lanes of 32 bits and a rational function in
 * lanes of 64 (Cephes, `tanhf`, `tanh`), and 1 − 2 / (e^2x + 1) above. The error is below 2 ulp; tanh ±∞ = ±1 and
 * tanh NaN = NaN.
 */
export const hyperbolicTangent = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R): R => {
  const { add, multiply, real } = lanes;
  const size = lanes.absolute(x);
  const square = multiply(size, size);
  const cube = multiply(size, square);
  const isSmall = lanes.less(size, real(0.625));
  const denominator = add(exponential(lanes, add(size, size)), real(1));

  const singleValue = (): R => {
    const small = add(multiply(cube, polynomial(lanes, square, single)), size);
    return lanes.select(isSmall, small, add(lanes.divide(real(-2), denominator), real(1)));
  };
  const doubleValue = (): R => {
    const quotient = lanes.divide(
      lanes.select(isSmall, multiply(cube, polynomial(lanes, square, doubleNumerator)), real(-2)),
      lanes.select(isSmall, polynomial(lanes, square, doubleDenominator), denominator),
    );
    return add(quotient, lanes.select(isSmall, size, real(1)));
  };
  return flipSign(lanes, lanes.bits === 32 ? singleValue() : doubleValue(), lanes.bitsOf(x));
};
