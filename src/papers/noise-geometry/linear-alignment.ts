import {gramStatistics} from "../../models/index.ts";
import {effectiveDimension, gaussianAlignment, participationRatio} from "../../numerics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {summarizeAlignment} from "./alignment-cell.ts";
import type {AlignmentCell, AlignmentDraw, AlignmentSummary} from "./alignment-cell.ts";
import type {LinearAlignmentParameters} from "./alignment-parameters.ts";

/** A linear model on Gaussian features: their variances, the residual's weights, the variance of label noise. */
interface LinearModel {
  readonly spectrum: readonly number[];
  readonly weights: Float64Array;
  readonly noiseVariance: number;
}

type LinearCell = Pick<AlignmentCell, "sweep" | "model" | "setting" | "samples"> & {readonly modelOf: (draw: number) => LinearModel};

/** Variances j^−a of d inputs. */
export const powerSpectrum = (dimension: number, decayExponent: number): readonly number[] => Array.from({length: dimension}, (_, j) => (j + 1) ** -decayExponent);

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
  return {...measured, population: gaussianAlignment({spectrum, weights, noiseVariance}).uncentred};
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

function cellsOf({dimension, decayExponents, sampleCounts, noisyDecayExponent, fewSamples, dimensions, conditionSamples, conditionNumbers}: LinearAlignmentParameters, stream: ExperimentContext["stream"]): readonly LinearCell[] {
  const gaussian = (name: string, spectrum: readonly number[], isNoisy: boolean) => (draw: number): LinearModel => {
    const weights = stream(`weights of ${name}`, draw).generator("weights").normals(spectrum.length);
    return {spectrum, weights, noiseVariance: isNoisy ? spectrum.reduce((sum, value, j) => sum + value * weights[j]! ** 2, 0) : 0};
  };
  const overSamples = (sweep: string, exponent: number, isNoisy: boolean): readonly LinearCell[] => {
    const model = `a = ${exponent}`;
    return sampleCounts.map((samples) => ({sweep, model, setting: samples, samples, modelOf: gaussian(`${sweep} ${model}`, powerSpectrum(dimension, exponent), isNoisy)}));
  };
  return [
    ...decayExponents.flatMap((exponent) => overSamples("samples", exponent, false)),
    ...overSamples("noisy labels", noisyDecayExponent, true),
    ...dimensions.map((setting): LinearCell => ({sweep: "dimension", model: "a = 0", setting, samples: fewSamples, modelOf: gaussian(`dimension ${setting}`, powerSpectrum(setting, 0), false)})),
    ...conditionNumbers.map((setting): LinearCell => ({
      sweep: "condition",
      model: "diagonal network",
      setting,
      samples: conditionSamples,
      modelOf: (draw) => diagonalNetwork(dimension, setting, stream(`parameters at condition ${setting}`, draw).generator("parameters"))
    }))
  ];
}

/**
 * E1.1: the average alignment of Gaussian linear models over sample size, label noise, dimension and conditioning.
 * With f = F(θ)·x the Gram matrix is X ∇F∇Fᵀ Xᵀ, so that a diagonal network is a linear model on scaled inputs.
 */
export function linearAlignment(parameters: LinearAlignmentParameters, {stream, progress}: Pick<ExperimentContext, "stream" | "progress">): readonly AlignmentSummary[] {
  const cells = cellsOf(parameters, stream);
  return cells.map(({modelOf, ...cell}, i) => {
    const {spectrum} = modelOf(0);
    const draws = Array.from({length: parameters.draws}, (_, draw) => drawAlignment(modelOf(draw), cell.samples, stream(`${cell.sweep} ${cell.model} ${cell.setting}`, draw)));
    progress(i + 1, cells.length);
    return summarizeAlignment({...cell, effectiveDimension: effectiveDimension(spectrum), participationRatio: participationRatio(spectrum)}, draws);
  });
}
