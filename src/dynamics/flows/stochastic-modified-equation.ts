import {mul, sqrt} from "../../kernels/index.ts";
import type {ParameterShapes} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "../ito/index.ts";
import {covarianceSquareRoot} from "./covariance-square-root.ts";
import {boundFlow, byPoint, flowShapes, namedPoints} from "./flow-points.ts";
import type {DataParameters, Flow, FlowState} from "./flow-points.ts";
import {centredNoise, correctedDescent} from "./risk-derivatives.ts";

/**
 * The stochastic modified equation at m points, with d Wiener processes B that
 * all points share and the symmetric square root of Σ(z) = Cov ∇R̃(z, ξ),
 *
 * dY(x) = −∇(R + (η/4)|∇R|²)(Y(x)) dt + √η Σ½(Y(x)) dB.
 *
 * One point has the law of the stochastic modified flow; two points have the
 * covariation η Σ½(Y(x)) Σ½(Y(y)) dt, which depends on the choice of the root.
 * An equation for `eulerMaruyama`: Σ½ need not be differentiable where Σ is
 * singular, and schemes of higher order assume that it is. Parameters are those
 * of the stochastic modified flow.
 *
 * Source: Li, Tai and E, Stochastic modified equations and adaptive stochastic
 * gradient algorithms, as recalled.
 * @throws RangeError for M, N or d that is no positive integer, d above 2, or names that are taken.
 */
export function stochasticModifiedEquation<P extends ParameterShapes, const Points extends string>(flow: Flow<P, Points>): ItoEquation<DataParameters<P, Points>, FlowState<Points>> {
  const {points} = flow;
  const model = flow.model as never;
  const name = `stochastic modified equation: ${flow.model.name}`;
  const {dataParameters, state, start} = flowShapes("stochastic modified equation", flow);
  return {
    name,
    parameters: dataParameters,
    state,
    start,
    drift: (values, {parameters}) => byPoint(namedPoints(values, points).map(([point, at]) => [point, correctedDescent(model, at, parameters)])),
    diffusion: {
      kind: "general",
      columns: (values, {parameters}) => {
        const scale = sqrt(boundFlow(parameters).stepSize);
        const roots = namedPoints(values, points).map(([point, at]) => [point, covarianceSquareRoot(name, centredNoise(model, at, parameters))] as const);
        return Array.from({length: flow.model.dimension}, (_, j) => byPoint(roots.map(([point, columns]) => [point, mul(scale, columns[j]!)])) as Coefficient<FlowState<Points>>);
      }
    }
  };
}
