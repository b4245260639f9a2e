import { requireFiniteEntries, requireNonNegative, requirePositive } from "./argument-checks.ts";
import { kestenRoot } from "./log-factor-law.ts";
import type { TailIndex } from "./tail-index.ts";

/** SGD with a ridge on a finite data set in one dimension, one sample a step, drawn with replacement. */
export interface DataSetStep {
  /** `a_i`. */
  readonly inputs: ArrayLike<number>;
  /** `δ`. */
  readonly ridge: number;
  /** `γ`. */
  readonly stepSize: number;
}

/**
 * Tail index of SGD on `n` samples in one dimension: the root `α > 0` of `(1/n) Σ |1 - γ(a_i² + δ)|^α = 1`. Where
 * every factor is at most 1 the stationary law has bounded support and no power law.
 *
 * Assumes residuals at the solution that do not all vanish.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207.
 *
 * @throws RangeError for no inputs or inputs that are not finite, a step size that is not positive or a negative ridge.
 */
export function dataSetKestenIndex({ inputs, ridge, stepSize }: DataSetStep): TailIndex {
  requireFiniteEntries("inputs", inputs);
  requireNonNegative("ridge", ridge);
  requirePositive("stepSize", stepSize);
  const logFactors = Float64Array.from(inputs, (input) => Math.log(Math.abs(1 - stepSize * (input * input + ridge))));
  const logWeights = new Float64Array(inputs.length).fill(-Math.log(inputs.length));
  return kestenRoot({ logFactors, logWeights }, 1, "bounded", "|1 - γ(a² + δ)|");
}
