import {less, where} from "../kernels/index.ts";
import type {DrawingContext, ParameterShapes, Real, TableColumns} from "../kernels/index.ts";
import type {InputLaw} from "../numerics/index.ts";

/**
 * `dimension` independent coordinates of an input law, of mean 0 and variance
 * 1. The three points of {0, ±√κ} are told apart by one uniform number each;
 * their probabilities are met to 2⁻²⁴ in float32 and 2⁻⁵² in float64.
 */
export function drawFeatures<P extends ParameterShapes, T extends TableColumns>(inputs: InputLaw, dimension: number, {normal, uniform}: DrawingContext<P, T>): Real {
  if (inputs.kind === "gaussian") return normal(dimension);
  const {kurtosis} = inputs;
  const number = uniform(dimension);
  const scale = Math.sqrt(kurtosis);
  return where(less(number, 1 / (2 * kurtosis)), scale, where(less(number, 1 / kurtosis), -scale, 0));
}
