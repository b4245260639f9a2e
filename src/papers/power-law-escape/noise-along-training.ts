import {firstSamples} from "../../data-sets/index.ts";
import type {RegressionData} from "../../data-sets/index.ts";
import {
  disposeParameters, eigenvalueResolution, gradientNoise, gramMatrix, gramStatistics, initialParameters,
  largestNoiseEigenvalues, noiseSpectra, parameterCount, perceptron, trainEpoch,
} from "../../models/index.ts";
import type {Network, NetworkParameters, Samples} from "../../models/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";

const divergenceFactor = 1e6;

/** Loss and gradient noise at one epoch. */
export interface NoiseRow {
  readonly epoch: number;
  /** L */
  readonly loss: number;
  /** 𝒩 = (1/N) Σ ‖∇ℓ_μ‖² − ‖∇L‖² */
  readonly noise: number;
  /** ‖∇L‖² */
  readonly squaredLossGradient: number;
  /** tr K / N, the mean of ‖∇f_μ‖² */
  readonly meanSquaredGradientNorm: number;
  /** Trace of the exact noise matrix over that of the decoupled one; 1 under decoupling. */
  readonly traceRatio: number;
  /** The same for the greatest eigenvalues, over the samples of the Gram matrix. */
  readonly greatestEigenvalueRatio: number;
  /** μ, over the samples of the Gram matrix; 1 under decoupling. */
  readonly alignment: number;
  readonly centredAlignment: number;
  /** The bounds of μ for these gradients and any residuals. */
  readonly leastAlignment: number;
  readonly greatestAlignment: number;
}

/** One eigenvalue of a noise spectrum. */
export interface SpectrumRow {
  readonly epoch: number;
  /** `exact`: (1/N) Σ ℓ_μ ∇f_μ ∇f_μᵀ; `decoupled`: L (1/N) Σ ∇f_μ ∇f_μᵀ */
  readonly kind: "exact" | "decoupled";
  /** 1 for the greatest. */
  readonly rank: number;
  readonly eigenvalue: number;
  /** Whether it stands above the rounding of float32. */
  readonly resolved: boolean;
}

/** What a training run leaves. */
export interface NoiseAlongTraining {
  readonly rows: readonly NoiseRow[];
  readonly spectra: readonly SpectrumRow[];
  /** The number of the network's parameters. */
  readonly parameterCount: number;
  /** Why records end before the last epoch, if they do. */
  readonly ending: {readonly reason: "diverged" | "interpolated"; readonly epoch: number} | null;
}

/**
 * Trains a fully connected network by SGD on the square loss and records, along the way, how strong its gradient noise
 * is and how far it is from the decoupled form (2/B) L(θ) G, G = (1/N) Σ ∇f_μ ∇f_μᵀ.
 *
 * Everything is taken at fixed parameters between epochs, over the whole training set (loss, noise, traces) or over
 * its first `spectrumSamples` samples (all that needs a Gram matrix). If a loss is not finite, a million times the
 * initial one, or exactly zero, the records end there and `ending` says so.
 *
 * Source: Mori, Ziyin, Liu, Ueda, *Power-law escape rate of SGD* (ICML 2022), figures 1 and 2.
 *
 * @param data the data set, of which the first `samples` are used
 * @throws {RangeError} naming the parameter that does not fit the data set or another parameter
 */
export function noiseAlongTraining(parameters: NoiseAlongTrainingParameters, data: RegressionData, context: Omit<ExperimentContext, "ensembles">): NoiseAlongTraining {
  checkParameters(parameters);
  const {samples: count, widths, activation, epochs, recordEvery, spectrumEpochs, spectrumSamples} = parameters;
  const {dimension, inputs, targets} = firstSamples(data, count);
  const stream = context.stream(`training on ${parameters.dataSet}`, 0);
  const order = stream.generator("order of samples");
  const network = perceptron({inputs: dimension, widths, activation});
  const samples: Samples = {inputs: tf.tensor2d(inputs, [count, dimension]), targets: tf.tensor2d(targets, [count, 1])};
  const gramInputs = tf.slice(samples.inputs, [0, 0], [spectrumSamples, dimension]) as Tensor2D;
  const rows: NoiseRow[] = [];
  const spectra: SpectrumRow[] = [];
  let ending: NoiseAlongTraining["ending"] = null;
  let weights = initialParameters(network, stream);
  const size = parameterCount(weights);
  for (let epoch = 0; epoch <= epochs; epoch++) {
    if (epoch > 0) weights = trainEpoch(network, weights, samples, parameters, order);
    const isRecorded = epoch % recordEvery === 0 || epoch === epochs;
    const hasSpectra = spectrumEpochs.includes(epoch);
    if (isRecorded || hasSpectra) {
      const noise = gradientNoise(network, weights, samples);
      const reason = reasonToEnd(noise, rows[0]?.loss ?? noise.loss);
      if (reason !== null) {
        ending = {reason, epoch};
        break;
      }
      const {residuals, ...totals} = noise;
      const measured = withGramMatrix(network, weights, gramInputs, (gram) => {
        const used = residuals.slice(0, spectrumSamples);
        return {
          row: isRecorded ? {epoch, ...totals, ...gramRow(gram, used)} : undefined,
          spectra: hasSpectra ? spectrumRows(epoch, gram, used) : [],
        };
      });
      if (measured.row !== undefined) rows.push(measured.row);
      spectra.push(...measured.spectra);
    }
    context.progress(epoch, epochs);
  }
  disposeParameters(weights);
  tf.dispose([samples.inputs, samples.targets, gramInputs]);
  return {rows, spectra, parameterCount: size, ending};
}

function checkParameters({samples, batchSize, epochs, spectrumEpochs, spectrumSamples}: NoiseAlongTrainingParameters): void {
  const checkAtMost = (name: string, value: number, limitName: string, limit: number) => {
    if (value > limit) throw new RangeError(`${name}: expected at most ${limitName} = ${limit}, found ${value}`);
  };
  checkAtMost("batchSize", batchSize, "samples", samples);
  checkAtMost("spectrumSamples", spectrumSamples, "samples", samples);
  spectrumEpochs.forEach((epoch, i) => checkAtMost(`spectrumEpochs[${i}]`, epoch, "epochs", epochs));
}

function reasonToEnd({loss, noise}: {readonly loss: number; readonly noise: number}, initialLoss: number) {
  if (loss === 0) return "interpolated";
  return Number.isFinite(noise) && loss <= divergenceFactor * initialLoss ? null : "diverged";
}

function withGramMatrix<T>(network: Network, weights: NetworkParameters, inputs: Tensor2D, use: (gram: Tensor2D) => T): T {
  const gram = gramMatrix(network, weights, inputs);
  try {
    return use(gram);
  } finally {
    gram.dispose();
  }
}

function gramRow(gram: Tensor2D, residuals: Float64Array) {
  const {alignment, centredAlignment, leastAlignment, greatestAlignment} = gramStatistics(gram, residuals);
  const {exact, decoupled} = largestNoiseEigenvalues(gram, residuals);
  return {greatestEigenvalueRatio: exact / decoupled, alignment, centredAlignment, leastAlignment, greatestAlignment};
}

function spectrumRows(epoch: number, gram: Tensor2D, residuals: Float64Array): readonly SpectrumRow[] {
  const spectra = noiseSpectra(gram, residuals);
  return (["exact", "decoupled"] as const).flatMap((kind) => {
    const values = spectra[kind];
    const resolution = eigenvalueResolution(values.length, values[0]!);
    return Array.from(values, (eigenvalue, i): SpectrumRow => ({epoch, kind, rank: i + 1, eigenvalue, resolved: eigenvalue > resolution}));
  });
}
