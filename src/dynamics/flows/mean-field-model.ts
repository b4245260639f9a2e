import {add, div, dot, mul, square, sub, sum, tanh} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import {requireIntegerAtLeast} from "../../numerics/index.ts";
import type {SampleModel} from "./sample-model.ts";

/** A neuron Φ(θ, x) with a scalar parameter and its first two derivatives in θ, each of shape [M] for parameters of shape [M]. */
export type NeuronLaw = (parameters: Real, input: Real) => {readonly value: Real; readonly slope: Real; readonly curvature: Real};

/** Φ = tanh(θx). */
export const tanhNeuron: NeuronLaw = (parameters, input) => {
  const value = tanh(mul(parameters, input));
  const rest = sub(1, square(value));
  return {value, slope: mul(input, rest), curvature: mul(mul(-2, square(input)), mul(value, rest))};
};

/** Φ = θ²x, under which all neurons are scaled by one factor. */
export const squareNeuron: NeuronLaw = (parameters, input) => ({value: mul(square(parameters), input), slope: mul(mul(2, parameters), input), curvature: mul(2, input)});

/** A network of neurons that count alike, and the number of its data. */
export interface MeanFieldNetworkShape {
  /** M. */
  readonly neurons: number;
  /** N, rows (x, y) of the data. */
  readonly samples: number;
  readonly neuron: NeuronLaw;
}

/** What part of the correction of order η the drift has: 1 for all of it, 0 for none. */
export type MeanFieldParameters = {
  /** Weight of ∂V̄ V̄, a neuron's own derivative. */
  readonly ownDerivative: readonly [];
  /** Weight of ∫D_μV̄ V̄ dΛ, the Lions derivative. */
  readonly lionsDerivative: readonly [];
};

/**
 * M neurons as one point of R^M: the network f(x) = (1/M) Σ Φ(θₖ, x) with the
 * loss ½ (f(x) − y)² of the sample (x, y), and M times its gradient,
 *
 * −V(θₖ, Γ, ξ) = (f(x; Γ) − y) ∂Φ(θₖ, x),
 *
 * Γ the neurons' own measure. The derivative of −V̄ along a vector has a part
 * that is the neuron's own and one by way of f, which is the Lions derivative;
 * each is multiplied by its parameter.
 *
 * Derived here.
 * @throws RangeError for M or N that is no positive integer.
 */
export function meanFieldModel({neurons, samples, neuron}: MeanFieldNetworkShape): SampleModel<MeanFieldParameters> {
  requireIntegerAtLeast("mean-field network: neurons", neurons, 1);
  requireIntegerAtLeast("mean-field network: samples", samples, 1);
  const residual = (value: Real, label: Real) => sub(div(sum(value), neurons), label);
  return {
    name: "mean-field network",
    dimension: neurons,
    samples,
    columns: 2,
    parameters: {ownDerivative: [], lionsDerivative: []},
    gradient: (point, sample) => {
      const {value, slope} = neuron(point, sample.value(0));
      return mul(residual(value, sample.value(1)), slope);
    },
    hessianProduct: (point, vector, sample, {ownDerivative, lionsDerivative}) => {
      const {value, slope, curvature} = neuron(point, sample.value(0));
      const own = mul(mul(ownDerivative, residual(value, sample.value(1))), mul(curvature, vector));
      return add(own, mul(mul(lionsDerivative, div(dot(slope, vector), neurons)), slope));
    }
  };
}
