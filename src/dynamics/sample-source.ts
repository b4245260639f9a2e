import type {DrawingContext, ParameterShapes, Real, TableColumns} from "../kernels/index.ts";

/** One sample of a regression: features x of shape [d] and a scalar label y. */
export interface Sample {
  readonly features: Real;
  readonly label: Real;
}

/**
 * Where SGD takes its samples from. `draw` is traced once and makes one fresh
 * sample each time it runs; what it reads is bound with the ensemble.
 */
export interface SampleSource<P extends ParameterShapes = ParameterShapes, T extends TableColumns = TableColumns> {
  /** d, the number of features. */
  readonly dimension: number;
  readonly parameters: P;
  readonly tables: T;
  readonly draw: (context: DrawingContext<P, T>) => Sample;
}
