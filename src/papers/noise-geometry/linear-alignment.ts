import {gramStatistics} from "../../models/index.ts";
import {effectiveDimension, gaussianAlignment, participationRatio} from "../../numerics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {drawOf} from "./alignment-cell.ts";
import type {AlignmentCell, AlignmentDraw, AlignmentDrawRow} from "./alignment-cell.ts";
import type {LinearAlignmentParameters} from "./alignment-parameters.ts";
import {powerSpectrum} from "./power-spectrum.ts";

/** A linear model on Gaussian features: their variances, the residual's weights, the variance of label noise. */
interface LinearModel {
  readonly spectrum: readonly number[];
  readonly weights: Float64Array;
  readonly noiseVariance: number;
}

/** One cell of a sweep. */
type LinearCell = Pick<AlignmentCell, "setting" | "samples"> & {
  readonly dimension: number;
} & (
  | {readonly sweep: "samples" | "noisy labels" | "dimension"; readonly decayExponent: number}
  | {readonly sweep: "condition"; readonly conditionNumber: number}
);

/** μ of `samples` inputs x ~ N(0, diag λ) with residuals w·x + σζ, from the Gram matrix X Xᵀ. */
function drawAlignment({spectrum, weights, noiseVariance}: LinearModel, samples: number, stream: RandomStream): AlignmentDraw {
  const dimension = spectrum.length;
  const measured = tf.tidy(() => {
    const features = tf.mul(normals(stream, 0, [samples, dimension], "inputs"), tf.tensor2d(spectrum.map(Math.sqrt), [1, dimension])) as Tensor2D;
    const signal = tf.matMul(features, tf.tensor2d(Float32Array.from(weights), [dimension, 1])).dataSync();
    const noise = noiseVariance === 0 ? undefined : stream.generator("label noise");
    const residuals = Float64Array.from(signal, (value) => value + (noise === undefined ? 0 : Math.sqrt(noiseVariance) * noise.normal()));
    return {...gramStatistics(tf.matMul(features, features, false, true), residuals)};
  });
  return drawOf(measured, gaussianAlignment({spectrum, weights, noiseVariance}).uncentred);
}

/** The features of f = (u ∘ v)·x: ∇f·∇f' = Σ_j (u_j² + v_j²) x_j x'_j, with u² + v² spread evenly on a log scale from 1 to κ. */
function diagonalNetwork(dimension: number, condition: number, random: {uniform(): number; normal(): number}): LinearModel {
  const squares = Array.from({length: dimension}, (_, j) => condition ** (1 - j / (dimension - 1)));
  const weights = Float64Array.from(squares, (square) => {
    const angle = 2 * Math.PI * random.uniform();
    const product = square * Math.cos(angle) * Math.sin(angle);
    return (product - random.normal()) / Math.sqrt(square);
  });
  return {spectrum: squares, weights, noiseVariance: 0};
}

const modelName = (cell: LinearCell): string => (cell.sweep === "condition" ? "diagonal network" : `a = ${cell.decayExponent}`);
const nameOf = (cell: LinearCell): string => `${cell.sweep} ${modelName(cell)} ${cell.setting}`;

/** The models of a cell's draws. In the sweeps of the samples all cells of one spectrum have the same weights. */
function modelsOf(cell: LinearCell, stream: ExperimentContext["stream"]): (draw: number) => LinearModel {
  if (cell.sweep === "condition") return (draw) => diagonalNetwork(cell.dimension, cell.conditionNumber, stream(`parameters at condition ${cell.conditionNumber}`, draw).generator("parameters"));
  const spectrum = powerSpectrum(cell.dimension, cell.decayExponent);
  const weightsName = `weights of ${cell.sweep} ${cell.sweep === "dimension" ? cell.dimension : modelName(cell)}`;
  return (draw) => {
    const weights = stream(weightsName, draw).generator("weights").normals(spectrum.length);
    return {spectrum, weights, noiseVariance: cell.sweep === "noisy labels" ? spectrum.reduce((sum, value, j) => sum + value * weights[j]! ** 2, 0) : 0};
  };
}

function sweeps({dimension, decayExponents, sampleCounts, noisyDecayExponent, fewSamples, dimensions, conditionSamples, conditionNumbers}: LinearAlignmentParameters): readonly LinearCell[] {
  const overSamples = (sweep: "samples" | "noisy labels", decayExponent: number) => sampleCounts.map((samples): LinearCell => ({sweep, setting: samples, samples, dimension, decayExponent}));
  return [
    ...decayExponents.flatMap((exponent) => overSamples("samples", exponent)),
    ...overSamples("noisy labels", noisyDecayExponent),
    ...dimensions.map((setting): LinearCell => ({sweep: "dimension", setting, samples: fewSamples, dimension: setting, decayExponent: 0})),
    ...conditionNumbers.map((setting): LinearCell => ({sweep: "condition", setting, samples: conditionSamples, dimension, conditionNumber: setting}))
  ];
}

/**
 * E1.1: the average alignment of Gaussian linear models over sample size, label noise, dimension and conditioning.
 * With f = F(θ)·x the Gram matrix is X ∇F∇Fᵀ Xᵀ, so that a diagonal network is a linear model on scaled inputs.
 * A cell is one value of one sweep for one model, a replica a draw of data and weights.
 */
export const linearAlignment = /* @__PURE__ */ defineExperiment({
  cells: (parameters: LinearAlignmentParameters) => sweeps(parameters).map((cell) => ({name: nameOf(cell), reads: cell, replicas: parameters.draws})),

  run(cell: LinearCell, {stream, progress, replicas}): readonly AlignmentDrawRow[] {
    const {sweep, setting, samples} = cell;
    const modelOf = modelsOf(cell, stream);
    const {spectrum} = modelOf(0);
    const shared = {sweep, model: modelName(cell), setting, samples, effectiveDimension: effectiveDimension(spectrum), participationRatio: participationRatio(spectrum)};
    return Array.from({length: replicas.count}, (_, i) => {
      const draw = replicas.first + i;
      const found = drawAlignment(modelOf(draw), samples, stream(nameOf(cell), draw));
      progress(i + 1, replicas.count);
      return {...shared, draw, ...found};
    });
  }
});
