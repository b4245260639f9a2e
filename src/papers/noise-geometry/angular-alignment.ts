import {directionalAlignment} from "../../models/index.ts";
import {independentAlignment} from "../../numerics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {mean, standardErrorOfMean, studentTQuantile} from "../../statistics/index.ts";
import {normals, tf, uniforms} from "../../tensors/index.ts";
import type {Tensor, Tensor2D} from "../../tensors/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {DirectionParameters} from "./direction-parameters.ts";

/** g along one angle to the gradient, for inputs of one kurtosis. */
export interface AngularAlignment {
  readonly kurtosis: number;
  /** Degrees between direction and gradient. */
  readonly angle: number;
  readonly draws: number;
  /** Mean g over the draws with its standard error and Student's 95 % interval. */
  readonly alignment: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** g of infinitely many samples. */
  readonly exact: number;
}

/** w ∝ 1/j, so that single coordinates count: the kurtosis shows in Σ w_j⁴. */
export const decayingWeights = (dimension: number): readonly number[] => {
  const norm = Math.sqrt(Array.from({length: dimension}, (_, j) => (j + 1) ** -2).reduce((sum, square) => sum + square, 0));
  return Array.from({length: dimension}, (_, j) => 1 / ((j + 1) * norm));
};

/** The unit vector across `weights` in the plane of `weights` and (1, …, 1). */
function acrossOf(weights: readonly number[]): readonly number[] {
  const along = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = weights.map((weight) => 1 - along * weight);
  const norm = Math.hypot(...rest);
  return rest.map((value) => value / norm);
}

function drawInputs(kurtosis: number, samples: number, dimension: number, stream: RandomStream): Tensor2D {
  if (kurtosis === 3) return normals(stream, 0, [samples, dimension], "inputs") as Tensor2D;
  const drawn = uniforms(stream, 0, [samples, dimension], "inputs");
  const scale = Math.sqrt(kurtosis);
  const side = (below: number): Tensor => tf.cast(tf.less(drawn, below), "float32");
  return tf.mul(tf.sub(tf.mul(side(1 / (2 * kurtosis)), 2), side(1 / kurtosis)), scale) as Tensor2D;
}

type AngularCell = Pick<DirectionParameters, "draws" | "dimension" | "angleRatio" | "angles"> & {readonly kurtosis: number};

const nameOf = ({kurtosis}: AngularCell): string => `angles at kurtosis ${kurtosis}`;

/**
 * E1.2: the directional alignment from the direction of the gradient to one across, for isotropic inputs of several
 * kurtoses and w ∝ 1/j: normal for kurtosis 3, else three points {0, ±√κ}. A cell is one kurtosis: all angles look at the
 * same inputs, and a row is a statistic of all draws.
 */
export const angularAlignment = /* @__PURE__ */ defineExperiment({
  cells: ({draws, dimension, kurtoses, angleRatio, angles}: DirectionParameters) =>
    kurtoses.map((kurtosis) => {
      const reads: AngularCell = {kurtosis, draws, dimension, angleRatio, angles};
      return {name: nameOf(reads), reads};
    }),

  run(cell: AngularCell, {stream, progress}): readonly AngularAlignment[] {
    const {kurtosis, draws, dimension, angleRatio, angles} = cell;
    const weights = decayingWeights(dimension);
    const across = acrossOf(weights);
    const samples = Math.round(angleRatio * dimension);
    const directions = angles.map((angle) => {
      const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
      return weights.map((weight, j) => cosine * weight + sine * across[j]!);
    });
    const measured = Array.from({length: draws}, (_, draw) => {
      const alignments = tf.tidy(() => {
        const inputs = drawInputs(kurtosis, samples, dimension, stream(nameOf(cell), draw));
        const project = (vector: readonly number[]) => tf.matMul(inputs, tf.tensor2d(vector as number[], [dimension, 1])).dataSync();
        const residuals = Float64Array.from(project(weights));
        return directions.map((direction) => directionalAlignment(project(direction), residuals));
      });
      progress(draw + 1, draws);
      return alignments;
    });
    return angles.map((angle, j): AngularAlignment => {
      const values = measured.map((alignments) => alignments[j]!);
      const [alignment, standardError] = [mean(values), standardErrorOfMean(values)];
      const half = studentTQuantile(0.975, draws - 1) * standardError;
      return {kurtosis, angle, draws, alignment, standardError, low: alignment - half, high: alignment + half, exact: independentAlignment({spectrum: weights.map(() => 1), kurtosis, weights}, directions[j]!)};
    });
  }
});
