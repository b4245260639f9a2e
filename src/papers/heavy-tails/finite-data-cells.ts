import {homogenizedMeanSquareThreshold} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {CellContext} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {finiteDataSet, finiteDataSources} from "./finite-data-sets.ts";
import type {DataSetName, FiniteDataSet, FiniteDataSource} from "./finite-data-sets.ts";
import {squaredFeatureNorms} from "./regression-problem.ts";

/** A data set and a step size as parameters say them. */
export interface FiniteDataDesign extends Pick<FiniteDataParameters, "relativeRidge" | "batchSize"> {
  readonly source: FiniteDataSource;
  /** Step size over γ̃, or for the negative control over the greatest at which every step contracts. */
  readonly step: {readonly ratio: number} | {readonly contraction: number};
}

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

/** Every data set at its step ratios, then at the step size of the negative control; a stream has none. */
export function finiteDataDesigns(parameters: FiniteDataParameters): readonly FiniteDataDesign[] {
  const {relativeRidge, batchSize, stepRatios, contraction} = parameters;
  return finiteDataSources(parameters).flatMap((source) => {
    const steps = [...stepRatios.map((ratio) => ({ratio})), ...(source.name === "stream" ? [] : [{contraction}])];
    return steps.map((step): FiniteDataDesign => ({source, relativeRidge, batchSize, step}));
  });
}

/** The name of a design's cells and random streams. */
export const designName = ({source, step}: FiniteDataDesign): string => `${source.name} ${"ratio" in step ? `ratio ${step.ratio}` : "control"}`;

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

/** The cell of a design, with its data. @throws RangeError for a negative control on a stream. */
export function finiteDataCell({source, relativeRidge, batchSize, step}: FiniteDataDesign, context: Pick<CellContext, "stream" | "images">): FiniteDataCell {
  const set = finiteDataSet(source, context);
  const {eigenvalues} = set.quadratic;
  const ridge = relativeRidge * eigenvalues[0]!;
  const threshold = homogenizedMeanSquareThreshold({eigenvalues, ridge, batchSize});
  const cell = (stepSize: number) => ({dataSet: set.name, sgd: {eigenvalues, ridge, stepSize, batchSize}, set});
  if ("ratio" in step) return {...cell(step.ratio * threshold), control: false, stepRatio: step.ratio};
  const contracting = contractingStepSize(set, ridge);
  if (contracting === null) throw new RangeError(`step: expected a ratio for the ${set.name}, found a contraction of ${step.contraction}`);
  const stepSize = step.contraction * contracting;
  return {...cell(stepSize), control: true, stepRatio: stepSize / threshold};
}
