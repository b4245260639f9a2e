import {dot, mul, sub} from "../../kernels/index.ts";
import {requireIntegerAtLeast} from "../../numerics/index.ts";
import type {SampleModel} from "./sample-model.ts";

/**
 * Least squares on N samples of d features: R̃(z, ξ) = ½ (a·z − b)² with the row
 * ξ = (a, b), features before the label.
 * @throws RangeError for a number of samples or a dimension that is no positive integer.
 */
export function leastSquaresModel({samples, dimension}: {readonly samples: number; readonly dimension: number}): SampleModel {
  requireIntegerAtLeast("least squares: samples", samples, 1);
  requireIntegerAtLeast("least squares: dimension", dimension, 1);
  return {
    name: "least squares",
    dimension,
    samples,
    columns: dimension + 1,
    parameters: {},
    gradient: (point, sample) => {
      const features = sample.slice(0, dimension);
      return mul(features, sub(dot(features, point), sample.value(dimension)));
    },
    hessianProduct: (_point, vector, sample) => {
      const features = sample.slice(0, dimension);
      return mul(features, dot(features, vector));
    }
  };
}
