import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import type {InputLaw} from "../../numerics/index.ts";
import {normalQuantile} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {NoiseAlongGradientParameters} from "./noise-along-gradient-parameters.ts";

/** The direction in which noise is measured: that of the loss gradient, or one across it. */
export type Direction = "along" | "across";

/** Directional alignment in one direction at one distance from the minimum. */
export interface DirectionalNoise {
  readonly dimension: number;
  readonly kurtosis: number;
  /** |w|²/σ² */
  readonly signal: number;
  readonly direction: Direction;
  /** g(v) = vᵀΣv / (2L vᵀHv), measured. */
  readonly alignment: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** The exact value. */
  readonly exact: number;
  readonly replicas: number;
}

const intervalWidth = normalQuantile(0.975);

/**
 * g(v) of single gradients on linear regression with H = I, at w = |w| (1, …, 1)/√d
 * and σ = 1: with independent inputs of unit variance and kurtosis κ,
 *
 * along w: 1 + s (1 + (κ − 3)/d) / (1 + s), across it: 1 + s (κ − 3)/(d (1 + s)),  s = |w|²/σ²,
 *
 * across for v = (1, −1, 0, …)/√2. Decoupling says 1 for both.
 *
 * Derived here from Σ = 2L H + ∇L ∇Lᵀ + (κ − 3) diag(w²) for H = I; at κ = 3
 * it is Isserlis' formula.
 */
export function directionalAlignment({dimension, kurtosis, signal, direction}: Pick<DirectionalNoise, "dimension" | "kurtosis" | "signal" | "direction">): number {
  const share = signal / (1 + signal);
  return 1 + share * ((direction === "along" ? 1 : 0) + (kurtosis - 3) / dimension);
}

const lawOf = (kurtosis: number): InputLaw => (kurtosis === 3 ? {kind: "gaussian"} : {kind: "three-point", kurtosis});

/** The variance of values with its standard error √((m₄ − m₂²)/n). */
function varianceOf(values: Float64Array): {readonly variance: number; readonly standardError: number} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [second, fourth] = [0, 0];
  for (const value of values) {
    const square = (value - mean) ** 2;
    second += square / values.length;
    fourth += (square * square) / values.length;
  }
  return {variance: second, standardError: Math.sqrt((fourth - second * second) / values.length)};
}

interface DirectionCell {
  readonly dimension: number;
  readonly kurtosis: number;
  readonly signal: number;
  readonly replicas: number;
}

/** Single gradients along and across the loss gradient, from the weights after one step of size 1; none across in one dimension. */
function gradientsOf(weights: ArrayLike<number>, {dimension, replicas}: DirectionCell, coordinate: number): Readonly<Record<Direction, Float64Array>> {
  const gradients: Record<Direction, Float64Array> = {along: new Float64Array(replicas), across: new Float64Array(dimension === 1 ? 0 : replicas)};
  for (let replica = 0; replica < replicas; replica++) {
    const at = replica * dimension;
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += coordinate - weights[at + i]!;
    gradients.along[replica] = sum / Math.sqrt(dimension);
    if (dimension > 1) gradients.across[replica] = (weights[at + 1]! - weights[at]!) / Math.SQRT2;
  }
  return gradients;
}

/**
 * X2: the covariance of one step of SGD with one sample, projected along and
 * across the loss gradient, over 2L vᵀHv: what the noise model of escape and
 * tails sets to 1, and noise geometry measures. A cell has no replicas, since its
 * rows are variances over all of its gradients, whose last bits would depend on
 * how they are cut.
 */
export const noiseAlongGradient = /* @__PURE__ */ defineExperiment({
  cells: ({dimensions, kurtoses, signals, replicas}: NoiseAlongGradientParameters) =>
    dimensions.flatMap((dimension) => kurtoses.flatMap((kurtosis) => signals.map((signal) => ({name: `dimension ${dimension}, kurtosis ${kurtosis}, signal ${signal}`, reads: {dimension, kurtosis, signal, replicas}})))),

  async run(cell: DirectionCell, {stream, ensembles, progress}): Promise<readonly DirectionalNoise[]> {
    const {dimension, kurtosis, signal, replicas} = cell;
    const coordinate = Math.sqrt(signal / dimension);
    const {state} = await ensembles.simulate(
      linearSgd({samples: streamingSamples({dimension, inputs: lawOf(kurtosis)}), start: () => coordinate}),
      {parameters: {stepSize: 1, labelNoise: 1}, key: stream(`noise d ${dimension} kurtosis ${kurtosis} signal ${signal}`, 0).ensembleKey(), replicas, steps: 1},
      {progress}
    );
    const gradients = gradientsOf(state.weights!, cell, coordinate);
    return (["along", "across"] as const).filter((direction) => gradients[direction].length > 0).map((direction) => {
      const {variance, standardError} = varianceOf(gradients[direction]);
      const decoupled = 1 + signal;
      const [alignment, error] = [variance / decoupled, standardError / decoupled];
      return {dimension, kurtosis, signal, direction, alignment, standardError: error, low: alignment - intervalWidth * error, high: alignment + intervalWidth * error, exact: directionalAlignment({dimension, kurtosis, signal, direction}), replicas};
    });
  }
});
