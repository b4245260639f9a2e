import { requireIntegerAtLeast, requirePositive } from "./argument-checks.ts";
import { batchEnergy } from "./batch-energy.ts";
import { requireInputLaw, type InputLaw } from "./input-law.ts";
import { isotropicFactors } from "./isotropic-factors.ts";
import { kestenRoot, type LogFactorLaw } from "./log-factor-law.ts";
import type { TailIndex } from "./tail-index.ts";

/** One-dimensional linear regression by SGD: step size `η` (times the curvature `h`), batch size `B`, input law. */
export interface RegressionStep {
  /** `η h`. */
  readonly stepSize: number;
  readonly batchSize: number;
  readonly inputs: InputLaw;
}

function factorLaw({ stepSize, batchSize, inputs }: RegressionStep): LogFactorLaw {
  if (inputs.kind === "gaussian") return isotropicFactors({ dimension: 1, curvature: 1, ridge: 0, stepSize, batchSize });
  const { values, weights } = batchEnergy(inputs, batchSize);
  return { logFactors: values.map((s) => Math.log(Math.abs(1 - stepSize * s))), logWeights: weights.map(Math.log) };
}

/**
 * Tail index of SGD on linear regression in one dimension, `θ' = (1 - ηS) θ + noise`: the root `α > 0` of
 * `E|1 - ηS|^α = 1` with the batch energy `S` of {@link batchEnergy}; then `P(|θ| > t) ~ t^(-α)`. For normal
 * inputs `α η / B → 1.7956` as `η → 0`.
 *
 * Assumes fresh inputs at every step and label noise that does not vanish. Three-point inputs whose largest
 * factor is at most 1 give no power law.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207.
 *
 * @throws RangeError for a step size that is not positive, a batch size that is not a positive integer, or a
 * kurtosis below 1.
 */
export function kestenIndex(step: RegressionStep): TailIndex {
  requirePositive("stepSize", step.stepSize);
  requireIntegerAtLeast("batchSize", step.batchSize, 1);
  requireInputLaw("inputs", step.inputs);
  return kestenRoot(factorLaw(step), step.batchSize / step.stepSize, step.inputs.kind === "three-point" ? "bounded" : "unbounded", "|1 - ηS|");
}
