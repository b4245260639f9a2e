import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { flipSign } from "./flip-sign.ts";
import { polynomial } from "./polynomial.ts";

const singleSine = [-1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4];
const singleCosine = [4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5];

const doubleSine = [
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
  -2.50507602534068634195e-8, 1.58969099521155010221e-10,
];
const doubleCosine = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.08757232129817482790e-9, -1.13596475577881948265e-11,
];

/**
 * sin(r + q π/2) for |r| ≤ π/4 and the integer q in the two lowest bits of `quadrant`: polynomials of Cephes (`sinf`)
 * in lanes of 32 bits and fdlibm (`k_sin.c`, `k_cos.c`) in lanes of 64.
 */
export const sineOfQuadrant = <R, W, M>(lanes: LaneArithmetic<R, W, M>, r: R, quadrant: W): R => {
  const { add, subtract, multiply, real } = lanes;
  const wide = lanes.bits === 64;
  const square = multiply(r, r);
  const sineSeries = polynomial(lanes, square, wide ? doubleSine : singleSine);
  const sine = add(r, multiply(multiply(r, square), sineSeries));

  const cosineSeries = polynomial(lanes, square, wide ? doubleCosine : singleCosine);
  const half = multiply(square, real(0.5));
  const leading = subtract(real(1), half);
  const lost = subtract(subtract(real(1), leading), half);
  const cosine = add(leading, add(lost, multiply(multiply(square, square), cosineSeries)));

  const isEven = lanes.equalWords(lanes.andWords(quadrant, lanes.word(1n)), lanes.word(0n));
  return flipSign(lanes, lanes.select(isEven, sine, cosine), lanes.shiftLeft(quadrant, lanes.bits - 2));
};
