import {dot} from "../../kernels/index.ts";
import {isotropicKestenIndex} from "../../numerics/index.ts";
import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {mean, standardErrorOfMean} from "../../statistics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {homogenizedDiffusion} from "./homogenized-diffusion.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";

/** The distribution of ‖θ − θ*‖ over chains at one time. */
export interface DivergenceRow {
  readonly process: "SGD" | "hSGD";
  readonly step: number;
  /** Null beyond single precision. */
  readonly median: number | null;
  readonly upperQuartile: number | null;
  readonly upperDecile: number | null;
}

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

const relativeTimeStep = 0.02;

function quantilesOf(values: ArrayLike<number>): Omit<DivergenceRow, "process" | "step"> {
  const sorted = Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value)).sort();
  const at = (p: number) => {
    const distance = Math.sqrt(sorted[Math.floor(p * (sorted.length - 1))]!);
    return Number.isFinite(distance) ? distance : null;
  };
  return {median: at(0.5), upperQuartile: at(0.75), upperDecile: at(0.9)};
}

/** E2.2, negative control: SGD and hSGD from the minimum at a step size at which SGD has no stationary law. */
export async function divergence({divergence: {dimension, stepRatio, chains, steps, samples}}: StreamingTailsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly DivergenceRow[]> {
  const eigenvalues = Array.from({length: dimension}, () => 1);
  const stepSize = (2 * stepRatio) / dimension;
  const every = Math.max(1, Math.floor(steps / samples));
  const perStep = Math.ceil(stepSize / relativeTimeStep);
  const sgd = await ensembles.simulate(linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}})}), {
    parameters: {stepSize, labelNoise: 1}, key: stream("divergence SGD", 0).ensembleKey(), replicas: chains, steps: every * samples, every, observe: ({weights}) => ({squared: dot(weights, weights)}), samples: "replicas"
  });
  progress(1, 2);
  const diffusion = await ensembles.simulate(homogenizedDiffusion(dimension), {
    parameters: {stepSize, batchSize: 1, eigenvalues, solution: eigenvalues.map(() => 0), ridge: 0, minimumLoss: 0.5, timeStep: 1 / perStep},
    key: stream("divergence hSGD", 0).ensembleKey(), replicas: chains, steps: every * samples * perStep, every: every * perStep, observe: ({deviation}) => ({squared: dot(deviation, deviation)}), samples: "replicas"
  });
  progress(2, 2);
  return [["SGD", sgd] as const, ["hSGD", diffusion] as const].flatMap(([process, {samples: seen}]) =>
    Array.from({length: samples}, (_, i): DivergenceRow => ({process, step: every * (i + 1), ...quantilesOf(seen.squared!.subarray(i * chains, (i + 1) * chains))}))
  );
}

/**
 * E2.2, negative control: E log‖Π_k u‖/k of products of SGD's factors from a unit vector, without label noise. The
 * design is isotropic, so that it is the Lyapunov exponent at every k.
 */
export async function productGrowth({divergence: {dimension, stepRatio, productChains, productSteps}}: StreamingTailsParameters, {stream, ensembles}: ExperimentContext): Promise<readonly GrowthRow[]> {
  const stepSize = (2 * stepRatio) / dimension;
  const {state, divergedAt} = await ensembles.simulate(linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}}), start: () => 1 / Math.sqrt(dimension)}), {
    parameters: {stepSize, labelNoise: 0}, key: stream("products of SGD", 0).ensembleKey(), replicas: productChains, steps: productSteps, precision: "float64"
  });
  const kept = Array.from(divergedAt.keys()).filter((chain) => divergedAt[chain] === 0);
  const logs = kept.map((chain) => Math.log(Math.hypot(...Array.from(state.weights!.subarray(chain * dimension, (chain + 1) * dimension)))) / productSteps);
  const {lyapunovExponent} = isotropicKestenIndex({dimension, curvature: 1, ridge: 0, stepSize, batchSize: 1});
  return [{dimension, stepSize, stepRatio, exact: lyapunovExponent, measured: mean(logs), standardError: standardErrorOfMean(logs), homogenized: 2 - dimension + 2 / stepSize, used: kept.length, total: productChains}];
}
