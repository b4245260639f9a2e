import {homogenizedMeanSquareThreshold} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import type {DataSetName, FiniteDataSet} from "./finite-data-sets.ts";
import {squaredFeatureNorms} from "./regression-problem.ts";

/** One data set at one step size. */
export interface FiniteDataCell {
  readonly dataSet: DataSetName;
  /** Whether the step size is that of the negative control, at which every step contracts. */
  readonly control: boolean;
  /** γ/γ̃. */
  readonly stepRatio: number;
  readonly sgd: HomogenizedSgd;
  readonly set: FiniteDataSet;
}

/** δ, the ridge of a data set. */
export const ridgeOf = ({quadratic}: FiniteDataSet, {relativeRidge}: Pick<FiniteDataParameters, "relativeRidge">): number => relativeRidge * quadratic.eigenvalues[0]!;

/**
 * The greatest step size at which every step of SGD on finite data contracts, 2/(max |a|² + δ): below it all factors
 * I − γ (H_B + δ) have norms below 1, so that SGD's law has bounded support and no tail index. Null for a stream of
 * Gaussian inputs, which has no such step size.
 */
export function contractingStepSize({samples}: FiniteDataSet, ridge: number): number | null {
  if (samples === null) return null;
  const greatest = squaredFeatureNorms(samples).reduce((most, value) => Math.max(most, value), 0);
  return 2 / (greatest + ridge);
}

/** The cells of a data set: its step ratios, then the negative control where it has one. */
export function finiteDataCells(set: FiniteDataSet, parameters: FiniteDataParameters): readonly FiniteDataCell[] {
  const {batchSize, stepRatios, contraction} = parameters;
  const ridge = ridgeOf(set, parameters);
  const {eigenvalues} = set.quadratic;
  const threshold = homogenizedMeanSquareThreshold({eigenvalues, ridge, batchSize});
  const cell = (stepSize: number, control: boolean): FiniteDataCell => ({dataSet: set.name, control, stepRatio: stepSize / threshold, sgd: {eigenvalues, ridge, stepSize, batchSize}, set});
  const contracting = contractingStepSize(set, ridge);
  return [...stepRatios.map((ratio) => ({...cell(ratio * threshold, false), stepRatio: ratio})), ...(contracting === null ? [] : [cell(contraction * contracting, true)])];
}

/** The name of a cell's random streams. */
export const cellName = ({dataSet, control, stepRatio}: Pick<FiniteDataCell, "dataSet" | "control" | "stepRatio">): string => `${dataSet} ${control ? "control" : `ratio ${stepRatio}`}`;
