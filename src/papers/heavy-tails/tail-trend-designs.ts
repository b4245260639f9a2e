import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** The parameter that varies. */
export type TrendParameter = "step size" | "batch size" | "ridge" | "dimension";

/** A step of SGD on an isotropic design, H = 1, at one value of the parameter that varies. */
export interface TrendDesign {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly stepSize: number;
  readonly batchSize: number;
  readonly ridge: number;
  readonly dimension: number;
}

/** E2.3: all designs, parameter after parameter. */
export function trendDesigns({base, stepSizes, batchSizes, ridges, dimensions}: TailTrendsParameters): readonly TrendDesign[] {
  return [
    ...stepSizes.map((stepSize): TrendDesign => ({varied: "step size", value: stepSize, ...base, stepSize})),
    ...batchSizes.values.map((batchSize): TrendDesign => ({varied: "batch size", value: batchSize, ...base, stepSize: batchSizes.stepSize, batchSize})),
    ...ridges.values.map((ridge): TrendDesign => ({varied: "ridge", value: ridge, ...base, stepSize: ridges.stepSize, ridge})),
    ...dimensions.values.map((dimension): TrendDesign => ({varied: "dimension", value: dimension, ...base, stepSize: dimensions.stepSize, dimension}))
  ];
}

/** The step of SGD of a design. */
export const trendStep = ({stepSize, batchSize, ridge, dimension}: TrendDesign): HomogenizedSgd => ({stepSize, batchSize, ridge, eigenvalues: Array.from({length: dimension}, () => 1)});
