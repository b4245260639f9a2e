import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** c₀ + x(c₁ + x(c₂ + …)) by Horner's rule, `coefficients` from c₀ up; one multiplication and one addition a degree. */
export const polynomial = <R, W, M>(lanes: LaneArithmetic<R, W, M>, x: R, coefficients: readonly number[]): R => {
  const [highest, ...lower] = [...coefficients].reverse() as [number, ...number[]];
  return lower.reduce((sum, coefficient) => lanes.add(lanes.multiply(sum, x), lanes.real(coefficient)), lanes.real(highest));
};
