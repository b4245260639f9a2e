import {div, mul, sqrt} from "../../kernels/index.ts";
import type {ParameterShapes} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "../ito/index.ts";
import {boundFlow, byPoint, flowShapes, namedPoints} from "./flow-points.ts";
import type {DataParameters, Flow, FlowState} from "./flow-points.ts";
import {centredNoise, correctedDescent} from "./risk-derivatives.ts";

/**
 * The stochastic modified flow at m points, with N Wiener processes W¹ … Wᴺ
 * that all points share,
 *
 * dX(x) = −∇(R + (η/4)|∇R|²)(X(x)) dt + √η Σᵢ N^(−1/2) G(X(x), ξᵢ) dWⁱ,
 * G(z, ξ) = ∇R(z) − ∇R̃(z, ξ),
 *
 * so that the covariation of two points is η E G(X(x), ξ) G(X(y), ξ)ᵀ dt. An
 * equation for `eulerMaruyama` or `weakSecondOrder`; parameters are `stepSize`
 * (η), `xStart` for every point `x`, `samples` (the data, row after row) and
 * those of the model. The state of a particle system is one point of all its
 * coordinates.
 *
 *     const flow = stochasticModifiedFlow({model: leastSquaresModel({samples: 3, dimension: 1}), points: ["x", "y"]});
 *     ensembles.simulate(eulerMaruyama(flow), {parameters: {stepSize: 0.1, timeStep: 0.01, samples, xStart: [1], yStart: [-1]}, key, replicas: 1000, steps: 100});
 *
 * A step evaluates N gradients a point with Euler–Maruyama and about 4 N² with
 * the scheme of weak order 2.
 *
 * Source: Gess, Kassing and Konarovskyi, Stochastic modified flows, mean-field
 * limits and dynamics of SGD, as recalled; N equally likely samples turn their
 * cylindrical Wiener process into N ordinary ones.
 * @throws RangeError for M, N or d that is no positive integer, or names that are taken.
 */
export function stochasticModifiedFlow<P extends ParameterShapes, const Points extends string>(flow: Flow<P, Points>): ItoEquation<DataParameters<P, Points>, FlowState<Points>> {
  const {points} = flow;
  const model = flow.model as never;
  const {dataParameters, state, start} = flowShapes("stochastic modified flow", flow);
  return {
    name: `stochastic modified flow: ${flow.model.name}`,
    parameters: dataParameters,
    state,
    start,
    drift: (values, {parameters}) => byPoint(namedPoints(values, points).map(([name, point]) => [name, correctedDescent(model, point, parameters)])),
    diffusion: {
      kind: "general",
      columns: (values, {parameters}) => {
        const scale = sqrt(div(boundFlow(parameters).stepSize, flow.model.samples));
        const noise = namedPoints(values, points).map(([name, point]) => [name, centredNoise(model, point, parameters)] as const);
        return Array.from({length: flow.model.samples}, (_, sample) => byPoint(noise.map(([name, kicks]) => [name, mul(scale, kicks[sample]!)])) as Coefficient<FlowState<Points>>);
      }
    }
  };
}
