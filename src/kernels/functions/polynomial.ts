import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** c₀ + x(c₁ + x(c₂ + …)) by Horner's rule, `coefficients` from c₀ up; one multiplication and one addition a degree. */
export const polynomial = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R, coefficients: readonly number[]): R => {
  const degree = coefficients.length - 1;
  let sum = lanes.real(coefficients[degree] as number);
  for (let power = degree - 1; power >= 0; power--) {
    sum = lanes.add(lanes.multiply(sum, x), lanes.real(coefficients[power] as number));
  }
  return sum;
};
