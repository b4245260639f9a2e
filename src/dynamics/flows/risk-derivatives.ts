import {add, div, mul, neg, sub} from "../../kernels/index.ts";
import type {ParameterShapes, Real} from "../../kernels/index.ts";
import {boundFlow, rowsOf} from "./flow-points.ts";
import type {SampleModel} from "./sample-model.ts";

/** (1/N) Σ of values of shape [d], from the first sample to the last. */
const meanOf = (values: readonly Real[]): Real => div(values.reduce((sum, value) => add(sum, value)), values.length);

/** ∇R̃(z, ξᵢ) for every sample, and their mean ∇R(z). */
export function gradientsAt(model: SampleModel<ParameterShapes>, point: Real, bound: object): {readonly gradients: readonly Real[]; readonly mean: Real} {
  const {data, parameters} = boundFlow(bound);
  const gradients = rowsOf(model, data).map((sample) => model.gradient(point, sample, parameters));
  return {gradients, mean: meanOf(gradients)};
}

/** G(z, ξᵢ) = ∇R(z) − ∇R̃(z, ξᵢ) for every sample; their mean is 0, their covariance Σ(z). */
export function centredNoise(model: SampleModel<ParameterShapes>, point: Real, bound: object): readonly Real[] {
  const {gradients, mean} = gradientsAt(model, point, bound);
  return gradients.map((gradient) => sub(mean, gradient));
}

/** −∇R(z). */
export function descent(model: SampleModel<ParameterShapes>, point: Real, bound: object): Real {
  return neg(gradientsAt(model, point, bound).mean);
}

/** −∇(R + (η/4)|∇R|²)(z) = −∇R − (η/2) ∇²R ∇R. */
export function correctedDescent(model: SampleModel<ParameterShapes>, point: Real, bound: object): Real {
  const {stepSize, data, parameters} = boundFlow(bound);
  const {mean} = gradientsAt(model, point, bound);
  const curvature = meanOf(rowsOf(model, data).map((sample) => model.hessianProduct(point, mean, sample, parameters)));
  return neg(add(mean, mul(mul(0.5, stepSize), curvature)));
}
