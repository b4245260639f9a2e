import {generalizedEigenvalues, leastAlignmentLimit} from "../../numerics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {mean, standardErrorOfMean, studentTQuantile} from "../../statistics/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {DirectionParameters} from "./direction-parameters.ts";

/** The range of g over all directions in one draw of data. */
export interface DirectionDraw {
  readonly samplesPerDimension: number;
  readonly samples: number;
  readonly draw: number;
  /** inf g, over the span of the data. */
  readonly least: number;
  /** sup g, over the same. */
  readonly greatest: number;
}

/** One cell of draws. */
export interface DirectionSummary {
  readonly samplesPerDimension: number;
  readonly samples: number;
  readonly draws: number;
  readonly least: number;
  readonly leastLow: number;
  readonly leastHigh: number;
  readonly greatest: number;
  readonly greatestLow: number;
  readonly greatestHigh: number;
  /** The exact infimum in many dimensions at this n/d. */
  readonly leastLimit: number;
}

/** The extreme generalised eigenvalues of (Σ, 2 L G) for more samples than dimensions: products in float32, the pencil in float64. */
function rangeOfMany(inputs: Tensor2D, residuals: Tensor2D): Pick<DirectionDraw, "least" | "greatest"> {
  const [samples, dimension] = inputs.shape;
  const weighted = tf.mul(inputs, residuals) as Tensor2D;
  const gradient = tf.mean(weighted, 0).dataSync();
  const metric = tf.mul(tf.matMul(inputs, inputs, true, false), tf.mean(tf.square(residuals))).dataSync();
  const covariance = Float64Array.from(tf.matMul(weighted, weighted, true, false).dataSync(), (value, i) => value - samples * gradient[Math.floor(i / dimension)]! * gradient[i % dimension]!);
  const values = generalizedEigenvalues(covariance, metric);
  return {least: values[0]!, greatest: values[dimension - 1]!};
}

/**
 * The same for no more samples than dimensions, over the span of the data: images q = Xv then fill the whole space, and
 * g is the quotient of diag(r²) − r rᵀ/n and |r|²/n.
 */
function rangeOfFew(residuals: Tensor2D): Pick<DirectionDraw, "least" | "greatest"> {
  const r = Array.from(residuals.dataSync());
  const samples = r.length;
  const entries = (entry: (i: number, j: number) => number) => Float64Array.from({length: samples * samples}, (_, k) => entry(Math.floor(k / samples), k % samples));
  const squaredResidual = r.reduce((sum, value) => sum + value * value, 0) / samples;
  const values = generalizedEigenvalues(entries((i, j) => (i === j ? r[i]! ** 2 : 0) - (r[i]! * r[j]!) / samples), entries((i, j) => (i === j ? squaredResidual : 0)));
  return {least: values[0]!, greatest: values[samples - 1]!};
}

function rangeOf(dimension: number, samples: number, stream: RandomStream): Pick<DirectionDraw, "least" | "greatest"> {
  return tf.tidy(() => {
    const inputs = normals(stream, 0, [samples, dimension], "inputs") as Tensor2D;
    const residuals = tf.matMul(inputs, tf.tensor2d(Float32Array.from(stream.generator("weights").normals(dimension)), [dimension, 1])) as Tensor2D;
    return {...(samples > dimension ? rangeOfMany(inputs, residuals) : rangeOfFew(residuals))};
  });
}

type DirectionCell = Pick<DirectionParameters, "dimension"> & Pick<DirectionDraw, "samplesPerDimension">;

const nameOf = ({samplesPerDimension}: DirectionCell): string => `directions at n/d = ${samplesPerDimension}`;

/**
 * E1.2: the infimum and supremum of the directional alignment over samples per dimension, for normal inputs without label
 * noise. A cell is one n/d, a replica a draw of data.
 */
export const directionalDraws = /* @__PURE__ */ defineExperiment({
  cells: ({draws, dimension, ratios}: DirectionParameters) =>
    ratios.map((samplesPerDimension) => {
      const reads: DirectionCell = {dimension, samplesPerDimension};
      return {name: nameOf(reads), reads, replicas: draws};
    }),

  run(cell: DirectionCell, {stream, progress, replicas}): readonly DirectionDraw[] {
    const {dimension, samplesPerDimension} = cell;
    const samples = Math.max(2, Math.round(samplesPerDimension * dimension));
    return Array.from({length: replicas.count}, (_, i) => {
      const draw = replicas.first + i;
      const found = {samplesPerDimension, samples, draw, ...rangeOf(dimension, samples, stream(nameOf(cell), draw))};
      progress(i + 1, replicas.count);
      return found;
    });
  }
});

function meanWithInterval(values: readonly number[]): readonly [mean: number, low: number, high: number] {
  const centre = mean(values);
  const half = studentTQuantile(0.975, values.length - 1) * standardErrorOfMean(values);
  return [centre, centre - half, centre + half];
}

/** Draws of the same n/d together, with the limit of many dimensions. */
export function summarizeDirections(draws: readonly DirectionDraw[]): readonly DirectionSummary[] {
  return [...new Set(draws.map(({samplesPerDimension}) => samplesPerDimension))].map((samplesPerDimension) => {
    const cell = draws.filter((draw) => draw.samplesPerDimension === samplesPerDimension);
    const [least, leastLow, leastHigh] = meanWithInterval(cell.map((draw) => draw.least));
    const [greatest, greatestLow, greatestHigh] = meanWithInterval(cell.map((draw) => draw.greatest));
    return {samplesPerDimension, samples: cell[0]!.samples, draws: cell.length, least, leastLow, leastHigh, greatest, greatestLow, greatestHigh, leastLimit: leastAlignmentLimit(samplesPerDimension)};
  });
}
