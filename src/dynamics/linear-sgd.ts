import {defineDynamics, div, dot, mul, repeatSum, sub} from "../kernels/index.ts";
import type {DrawingContext, Dynamics, ParameterShapes, Real, RealLike, TableColumns} from "../kernels/index.ts";
import {requireIntegerAtLeast} from "../numerics/index.ts";
import type {SampleSource} from "./sample-source.ts";
import type {When} from "./when.ts";

/** SGD on a linear model with the squared loss. */
export interface LinearSgd<P extends ParameterShapes, T extends TableColumns, Ridge extends boolean> {
  /** Where samples come from: `streamingSamples` or `tableSamples`. */
  readonly samples: SampleSource<P, T>;
  /** B, samples of one step; 1 by default. */
  readonly batchSize?: number;
  /** Whether the loss has the penalty ½ ρ |θ|² with a parameter `ridge`, ρ. */
  readonly ridge?: Ridge;
  /** θ before the first step, a scalar for all coordinates or of shape [d]; 0 by default. */
  readonly start?: (context: DrawingContext<SgdParameters<P, Ridge>, T>) => RealLike;
  /** Name in messages; "linear SGD" by default. */
  readonly name?: string;
}

/** What SGD is bound with: η, the parameters of its samples, and ρ. */
export type SgdParameters<P extends ParameterShapes, Ridge extends boolean> = P & {readonly stepSize: readonly []} & When<Ridge, {readonly ridge: readonly []}>;

/**
 * Stochastic gradient descent on linear regression,
 *
 * θ ← θ − (η/B) Σ_b (θ·x_b − y_b) x_b − η ρ θ,
 *
 * with B samples (x_b, y_b) at every step. The state is `weights`, θ of shape
 * [d] (also for d = 1); parameters are `stepSize` (η), `ridge` (ρ, if asked
 * for) and those of the samples.
 *
 *     const sgd = linearSgd({samples: streamingSamples({dimension: 10, inputs: {kind: "gaussian"}}), batchSize: 4});
 *     ensembles.simulate(sgd, {parameters: {stepSize: 0.1, labelNoise: 1}, key, replicas: 1000, steps: 500});
 *
 * Every step draws its B samples one after the other, features before label.
 * @throws RangeError for a dimension or batch size that is no positive integer.
 */
export function linearSgd<P extends ParameterShapes, T extends TableColumns, const Ridge extends boolean = false>({samples, batchSize = 1, ridge, start, name = "linear SGD"}: LinearSgd<P, T, Ridge>): Dynamics<SgdParameters<P, Ridge>, {readonly weights: readonly [number]}, T> {
  requireIntegerAtLeast(`${name}: dimension`, samples.dimension, 1);
  requireIntegerAtLeast(`${name}: batchSize`, batchSize, 1);
  const parameters = {...samples.parameters, stepSize: [], ...(ridge === true ? {ridge: []} : {})} as unknown as SgdParameters<P, Ridge>;
  return defineDynamics<SgdParameters<P, Ridge>, {readonly weights: readonly [number]}, T>({
    name,
    parameters,
    tables: samples.tables,
    state: {weights: [samples.dimension]},
    ...(start === undefined ? {} : {start: (context) => ({weights: start(context)})}),
    step: ({weights}, context) => {
      const bound = context.parameters as unknown as {readonly stepSize: Real; readonly ridge: Real};
      const sampleDescent = () => {
        const {features, label} = samples.draw(context as unknown as DrawingContext<P, T>);
        return mul(features, mul(div(bound.stepSize, batchSize), sub(dot(weights, features), label)));
      };
      const descended = sub(weights, batchSize === 1 ? sampleDescent() : repeatSum(batchSize, sampleDescent));
      return {weights: ridge === true ? sub(descended, mul(mul(bound.stepSize, bound.ridge), weights)) : descended};
    }
  });
}
