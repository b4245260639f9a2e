import {lionsTermEffect, squareUnit} from "../../numerics/index.ts";
import type {MeanFieldScalarParameters} from "./mean-field-parameters.ts";
import {scalarStatistic, scalarVariants} from "./scalar-mean-field-values.ts";
import type {MeanFieldVariant, ScalarMeanFieldValue} from "./scalar-mean-field-values.ts";

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

/**
 * E4.4: weak errors of each equation from the means of all processes, with
 * local slopes and the coefficient that the Lions term is predicted to remove.
 */
export function scalarMeanFieldErrors(values: readonly ScalarMeanFieldValue[], {data, horizon, start}: Pick<MeanFieldScalarParameters, "data" | "horizon" | "start">): readonly ScalarMeanFieldError[] {
  const lionsEffect = lionsTermEffect({network: {unit: squareUnit, data}, particles: [Math.sqrt(start)], horizon, statistic: (theta) => scalarStatistic(theta * theta)});
  const exact = values.filter(({process}) => process === "SGD");
  return (Object.keys(scalarVariants) as MeanFieldVariant[]).flatMap((variant) => {
    const own = values.filter(({process}) => process === variant);
    const found = exact.map(({steps}) => own.find((row) => row.steps === steps || row.steps === null)!);
    const errors = found.map(({value}, i) => value - exact[i]!.value);
    return exact.map((sgd, i): ScalarMeanFieldError => ({
      steps: sgd.steps!,
      stepSize: horizon / sgd.steps!,
      variant,
      sgd: sgd.value,
      value: found[i]!.value,
      error: errors[i]!,
      numericalError: found[i]!.numericalError + sgd.numericalError,
      slope: i === 0 ? null : Math.log(Math.abs(errors[i - 1]! / errors[i]!)) / Math.log(sgd.steps! / exact[i - 1]!.steps!),
      lionsEffect
    }));
  });
}
