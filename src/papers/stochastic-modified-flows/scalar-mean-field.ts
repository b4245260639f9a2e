import {lionsTermEffect, scalarMeanFieldFlow, scalarMeanFieldSgd, squareUnit} from "../../numerics/index.ts";
import type {FlowCorrection} from "../../numerics/index.ts";
import type {MeanFieldScalarParameters} from "./mean-field-parameters.ts";

/** Which equation stands for SGD on a mean-field network. */
export type MeanFieldVariant = "full flow" | "without Lions term" | "without correction" | "mean-field limit";

/** The weak error of one equation at one step size, without any sampling. */
export interface ScalarMeanFieldError {
  readonly steps: number;
  readonly stepSize: number;
  readonly variant: MeanFieldVariant;
  /** E 1/(1 + m_T) of SGD. */
  readonly sgd: number;
  /** The same of the equation. */
  readonly value: number;
  /** value − sgd. */
  readonly error: number;
  /** What halving the grids of both moved them by. */
  readonly numericalError: number;
  /** d log|error| / d log η since the next larger step size; null at the largest. */
  readonly slope: number | null;
  /** The coefficient of η in the error without the Lions term, by perturbation. */
  readonly lionsEffect: number;
}

const corrections: Readonly<Record<MeanFieldVariant, FlowCorrection>> = {"full flow": "full", "without Lions term": "without Lions term", "without correction": "none", "mean-field limit": "none"};
const statistic = (m: number): number => 1 / (1 + m);

/**
 * E4.4: SGD on f(x; Γ) = ∫θ²x Γ(dθ), one sample a step, against the
 * distribution-dependent flow, the same without the Lions term, without the
 * whole correction of order η, and the deterministic mean-field limit: weak
 * errors of 1/(1 + m_T), m = ∫θ²dΓ, by exact operators.
 */
export function scalarMeanFieldErrors({data, horizon, start, stepCounts}: MeanFieldScalarParameters): readonly ScalarMeanFieldError[] {
  const lionsEffect = lionsTermEffect({network: {unit: squareUnit, data}, particles: [Math.sqrt(start)], horizon, statistic: (theta) => statistic(theta * theta)});
  const exact = stepCounts.map((steps) => scalarMeanFieldSgd({data, stepSize: horizon / steps, steps, start, statistic}));
  return (Object.keys(corrections) as MeanFieldVariant[]).flatMap((variant) => {
    const values = stepCounts.map((steps) => scalarMeanFieldFlow({data, stepSize: variant === "mean-field limit" ? 0 : horizon / steps, horizon, start, statistic, correction: corrections[variant]}));
    const errors = values.map(({value}, i) => value - exact[i]!.value);
    return stepCounts.map((steps, i): ScalarMeanFieldError => ({
      steps,
      stepSize: horizon / steps,
      variant,
      sgd: exact[i]!.value,
      value: values[i]!.value,
      error: errors[i]!,
      numericalError: values[i]!.error + exact[i]!.error,
      slope: i === 0 ? null : Math.log(Math.abs(errors[i - 1]! / errors[i]!)) / Math.log(steps / stepCounts[i - 1]!),
      lionsEffect
    }));
  });
}
