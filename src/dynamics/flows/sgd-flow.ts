import {defineDynamics, mul, sub} from "../../kernels/index.ts";
import type {Dynamics, ParameterShapes, ParameterValues, Real} from "../../kernels/index.ts";
import {byPoint, flowShapes, namedPoints} from "./flow-points.ts";
import type {Flow, FlowParameters, FlowState} from "./flow-points.ts";

/**
 * Stochastic gradient descent as a flow: m points moved by the same sample,
 * drawn anew with replacement at every step,
 *
 * Zₙ₊₁(x) = Zₙ(x) − η ∇R̃(Zₙ(x), ξₙ).
 *
 * Parameters are `stepSize` (η), `xStart` for every point `x` and those of the
 * model; the data are the table `samples`, one row for each sample.
 *
 *     const sgd = sgdFlow({model: leastSquaresModel({samples: 3, dimension: 1}), points: ["x", "y"]});
 *     ensembles.simulate(sgd, {parameters: {stepSize: 0.1, xStart: [1], yStart: [-1]}, tables: {samples: {rows: 3, values}}, key, replicas: 1000, steps: 10});
 *
 * A table of another number of rows than the model's N is not refused: SGD
 * reads any.
 * @throws RangeError for M, N or d that is no positive integer, or names that are taken.
 */
export function sgdFlow<P extends ParameterShapes, const Points extends string>(flow: Flow<P, Points>): Dynamics<FlowParameters<P, Points>, FlowState<Points>, {readonly samples: number}> {
  const {model, points} = flow;
  const {parameters, state, start} = flowShapes("SGD flow", flow);
  return defineDynamics<FlowParameters<P, Points>, FlowState<Points>, {readonly samples: number}>({
    name: `SGD flow: ${model.name}`,
    parameters,
    tables: {samples: model.columns},
    state,
    start,
    step: (values, {parameters: bound, tables: {samples}}) => {
      const row = samples.drawRow();
      const sample = {value: (column: number) => samples.value(row, column), slice: (from: number, count: number) => samples.row(row, from, count)};
      const {stepSize} = bound as unknown as {readonly stepSize: Real};
      return byPoint(namedPoints(values, points).map(([name, point]) => [name, sub(point, mul(stepSize, model.gradient(point, sample, bound as unknown as ParameterValues<P>)))]));
    }
  });
}
