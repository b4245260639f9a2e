import {add, div, mul, sqrt, square} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "../ito/index.ts";
import {boundFlow} from "./flow-points.ts";
import type {DataParameters, FlowState} from "./flow-points.ts";
import {meanFieldModel} from "./mean-field-model.ts";
import type {MeanFieldNetworkShape, MeanFieldParameters} from "./mean-field-model.ts";
import {withNoiseContrasts} from "./noise-contrasts.ts";
import {centredNoise} from "./risk-derivatives.ts";
import {stochasticModifiedFlow} from "./stochastic-modified-flow.ts";

/** The shapes of a distribution-dependent flow: what `stochasticModifiedFlow` has for one point named `theta`. */
export type DistributionDependentFlow = ItoEquation<DataParameters<MeanFieldParameters, "theta">, FlowState<"theta">>;

/**
 * The distribution-dependent stochastic modified flow on the measure of M
 * neurons,
 *
 * dθ = [V̄ − (η/2)(∂V̄ V̄ + ∫ D_μV̄(θ, Λ)(ϑ) V̄(ϑ, Λ) Λ(dϑ))] dt + √η Σᵢ N^(−1/2) (Vᵢ − V̄)(θ, Λ) dWⁱ,
 *
 * Λ = (1/M) Σ δ_θₖ. The noise is common to all neurons. On such a Λ it is the
 * stochastic modified flow of the neurons as one point of R^M, which it is
 * built as, with N − 1 Wiener processes of the same law. Parameters are
 * `stepSize` (η), `thetaStart` (M), `samples` (x₁, y₁, x₂, y₂, …), and
 * `ownDerivative` and `lionsDerivative`, 1 or 0, which switch the two parts of
 * the correction. An equation for `weakSecondOrder`.
 *
 * Source: Gess, Kassing and Konarovskyi, Stochastic modified flows, mean-field
 * limits and dynamics of SGD, as recalled; the correction is derived here.
 * @throws RangeError for M or N that is no positive integer.
 */
export function distributionDependentFlow(shape: MeanFieldNetworkShape): DistributionDependentFlow {
  return {...withNoiseContrasts(stochasticModifiedFlow({model: meanFieldModel(shape), points: ["theta"]})), name: "distribution-dependent flow"};
}

/**
 * What the flow is not: every neuron has a Wiener process of its own, with the
 * variance η Var_ξ V(θ, Λ, ξ) of the common one. One neuron alone has the same
 * law; the measure of many has another. A negative control, for
 * `eulerMaruyama`, since each coefficient depends on all neurons.
 * @throws RangeError for M or N that is no positive integer.
 */
export function independentNoiseFlow(shape: MeanFieldNetworkShape): DistributionDependentFlow {
  const model = meanFieldModel(shape);
  return {
    ...stochasticModifiedFlow({model, points: ["theta"]}),
    name: "flow with independent noise",
    diffusion: {
      kind: "diagonal",
      coefficient: ({theta}, {parameters}) => {
        const noise = centredNoise(model as never, theta as Real, parameters);
        const variance = div(noise.map((value) => square(value)).reduce((sum, value) => add(sum, value)), shape.samples);
        return {theta: sqrt(mul(boundFlow(parameters).stepSize, variance))} as Coefficient<FlowState<"theta">>;
      }
    }
  };
}
