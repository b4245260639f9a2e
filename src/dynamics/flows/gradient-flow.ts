import {add, defineDynamics, mul} from "../../kernels/index.ts";
import type {Dynamics, ParameterShapes, Real} from "../../kernels/index.ts";
import {byPoint, flowShapes, namedPoints} from "./flow-points.ts";
import type {DataParameters, Flow, FlowState} from "./flow-points.ts";
import {correctedDescent, descent} from "./risk-derivatives.ts";

/** A gradient flow. */
export interface GradientFlow<P extends ParameterShapes, Points extends string> extends Flow<P, Points> {
  /** Whether the drift is −∇(R + (η/4)|∇R|²), that of the modified equations, rather than −∇R; false by default. */
  readonly corrected?: boolean;
}

/**
 * Gradient flow of m points, dz/dt = −∇R(z) or −∇(R + (η/4)|∇R|²)(z), in steps
 * of `timeStep` by the classical Runge–Kutta method of order 4. It draws
 * nothing. Parameters are `timeStep`, `stepSize` (η), `xStart` for every point
 * `x`, `samples` (the data, row after row) and those of the model.
 * @throws RangeError for M, N or d that is no positive integer, or names that are taken.
 */
export function gradientFlow<P extends ParameterShapes, const Points extends string>(flow: GradientFlow<P, Points>): Dynamics<DataParameters<P, Points> & {readonly timeStep: readonly []}, FlowState<Points>, Record<never, never>> {
  const {model, points, corrected = false} = flow;
  const {dataParameters, state, start} = flowShapes("gradient flow", flow);
  const drift = corrected ? correctedDescent : descent;
  return defineDynamics<DataParameters<P, Points> & {readonly timeStep: readonly []}, FlowState<Points>>({
    name: `gradient flow: ${model.name}`,
    parameters: {...dataParameters, timeStep: []},
    state,
    start,
    step: (values, {parameters}) => {
      const {timeStep} = parameters as unknown as {readonly timeStep: Real};
      const velocity = (at: Real) => drift(model as never, at, parameters);
      const advanced = (point: Real): Real => {
        const half = mul(0.5, timeStep);
        const first = velocity(point);
        const second = velocity(add(point, mul(half, first)));
        const third = velocity(add(point, mul(half, second)));
        const fourth = velocity(add(point, mul(timeStep, third)));
        return add(point, mul(mul(1 / 6, timeStep), add(add(first, fourth), mul(2, add(second, third)))));
      };
      return byPoint(namedPoints(values, points).map(([name, point]) => [name, advanced(point)]));
    }
  });
}
