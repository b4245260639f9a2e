import type {ParameterShapes, ParameterValues, Real} from "../../kernels/index.ts";

/** One row of the data, as the loss of its sample reads it. */
export interface SampleRow {
  /** One column. */
  value(column: number): Real;
  /** `count` columns from column `from` on. */
  slice(from: number, count: number): Real;
}

/**
 * A risk R(z) = (1/N) Σᵢ R̃(z, ξᵢ) over N equally likely samples ξᵢ, each a row
 * of numbers, on points z of shape [d]. It is written in the named operations
 * and bound with data when an ensemble is run.
 */
export interface SampleModel<P extends ParameterShapes = Record<never, never>> {
  /** Name in messages. */
  readonly name: string;
  /** d, coordinates of a point. */
  readonly dimension: number;
  /** N. */
  readonly samples: number;
  /** Numbers in the row of one sample. */
  readonly columns: number;
  /** Shapes of what the loss reads beside the data. */
  readonly parameters: P;
  /** ∇R̃(z, ξ), of shape [d]. */
  readonly gradient: (point: Real, sample: SampleRow, parameters: ParameterValues<P>) => Real;
  /** ∇²R̃(z, ξ) v, of shape [d]; only what has the correction of order η reads it. */
  readonly hessianProduct: (point: Real, vector: Real, sample: SampleRow, parameters: ParameterValues<P>) => Real;
}
