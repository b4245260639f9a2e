import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {isotropicKestenIndex} from "../../numerics/index.ts";
import {mean, standardErrorOfMean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";

/** Growth of products of SGD's factors, whose mean logarithm per step is the Lyapunov exponent. */
export interface GrowthRow {
  readonly dimension: number;
  readonly stepSize: number;
  readonly stepRatio: number;
  readonly exact: number;
  readonly measured: number;
  readonly standardError: number;
  /** hSGD's tail index at this step size. */
  readonly homogenized: number;
  readonly used: number;
  readonly total: number;
}

type Products = Pick<StreamingTailsParameters["divergence"], "dimension" | "stepRatio" | "productChains" | "productSteps">;

/**
 * E2.2, negative control: E log‖Π_k u‖/k of products of SGD's factors from a unit vector, without label noise. The
 * design is isotropic, so that it is the Lyapunov exponent at every k. One cell, without replicas, since its row is a
 * mean over all chains.
 */
export const productGrowth = /* @__PURE__ */ defineExperiment({
  cells: ({divergence: {dimension, stepRatio, productChains, productSteps}}: StreamingTailsParameters) => [{name: "products", reads: {dimension, stepRatio, productChains, productSteps}}],

  async run({dimension, stepRatio, productChains, productSteps}: Products, {stream, ensembles, progress}): Promise<readonly GrowthRow[]> {
    const stepSize = (2 * stepRatio) / dimension;
    const {state, divergedAt} = await ensembles.simulate(
      linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}}), start: () => 1 / Math.sqrt(dimension)}),
      {parameters: {stepSize, labelNoise: 0}, key: stream("products of SGD", 0).ensembleKey(), replicas: productChains, steps: productSteps, precision: "float64"},
      {progress}
    );
    const kept = Array.from(divergedAt.keys()).filter((chain) => divergedAt[chain] === 0);
    const logs = kept.map((chain) => Math.log(Math.hypot(...Array.from(state.weights!.subarray(chain * dimension, (chain + 1) * dimension)))) / productSteps);
    const {lyapunovExponent} = isotropicKestenIndex({dimension, curvature: 1, ridge: 0, stepSize, batchSize: 1});
    return [{dimension, stepSize, stepRatio, exact: lyapunovExponent, measured: mean(logs), standardError: standardErrorOfMean(logs), homogenized: 2 - dimension + 2 / stepSize, used: kept.length, total: productChains}];
  }
});
