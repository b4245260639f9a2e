import {firstSamples} from "../../data-sets/index.ts";
import type {RegressionData} from "../../data-sets/index.ts";
import {
  disposeParameters, eigenvalueResolution, gradientNoise, gramMatrix, gramStatistics, initialParameters,
  largestNoiseEigenvalues, noiseSpectra, parameterCount, perceptron, replicaParameters, stackParameters,
  trainReplicasEpoch,
} from "../../models/index.ts";
import type {Samples} from "../../models/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import type {ExperimentContext, ReplicaRange} from "../experiment.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";

const divergenceFactor = 1e6;

/** Loss and gradient noise of one run at one epoch. */
export interface NoiseRow {
  /** 0 for the first run. */
  readonly run: number;
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
}

/** What the Gram matrix of the first run tells at one epoch, over its samples. */
export interface GramRow {
  readonly epoch: number;
  /** Greatest eigenvalue of the exact noise matrix over that of the decoupled one; 1 under decoupling. */
  readonly greatestEigenvalueRatio: number;
  /** μ; 1 under decoupling. */
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

/** Trainings of one network whose parameters stand in one tensor, and which epochs and samples the spectra of run 0 are of. */
export interface TrainingBlock extends Pick<NoiseAlongTrainingParameters, "dataSet" | "samples" | "widths" | "activation" | "stepSize" | "batchSize" | "epochs" | "recordEvery"> {
  readonly runs: ReplicaRange;
  /** Null in a block without run 0. */
  readonly gram: Pick<NoiseAlongTrainingParameters, "spectrumEpochs" | "spectrumSamples"> | null;
}

/** Why the records of a run end before the last epoch. */
export interface TrainingEnding {
  readonly run: number;
  readonly reason: "diverged" | "interpolated";
  readonly epoch: number;
}

/** What independent trainings of one network leave. */
export interface NoiseAlongTraining {
  /** By epoch, then by run. */
  readonly rows: readonly NoiseRow[];
  readonly gramRows: readonly GramRow[];
  readonly spectra: readonly SpectrumRow[];
  /** The number of the network's parameters. */
  readonly parameterCount: number;
  readonly endings: readonly TrainingEnding[];
}

/**
 * Trains a fully connected network by SGD on the square loss, several times from first weights and with orders of
 * samples of their own, and records, along the way, how strong its gradient noise is and how far it is from the
 * decoupled form (2/B) L(θ) G, G = (1/N) Σ ∇f_μ ∇f_μᵀ.
 *
 * Everything is taken at fixed parameters between epochs, over the whole training set (loss, noise, traces) or, of the
 * first run alone, over its first `spectrumSamples` samples (all that needs a Gram matrix). If a loss is not finite, a
 * million times the initial one, or exactly zero, the records of its run end there and `endings` says so. A run of
 * another block differs from the same run of this one by the rounding of float32.
 *
 * Source: Mori, Ziyin, Liu, Ueda, *Power-law escape rate of SGD* (ICML 2022), figures 1 and 2.
 *
 * @param data the data set, of which the first `samples` are used
 * @throws {RangeError} naming the parameter that does not fit the data set or another parameter
 */
export function noiseAlongTraining(block: TrainingBlock, data: RegressionData, context: Pick<ExperimentContext, "stream" | "progress">): NoiseAlongTraining {
  checkBlock(block);
  const {samples: count, widths, activation, epochs, recordEvery, runs, gram} = block;
  const {dimension, inputs, targets} = firstSamples(data, count);
  const streams = Array.from({length: runs.count}, (_, i) => context.stream(`training on ${block.dataSet}`, runs.first + i));
  const orders = streams.map((stream) => stream.generator("order of samples"));
  const network = perceptron({inputs: dimension, widths, activation});
  const samples: Samples = {inputs: tf.tensor2d(inputs, [count, dimension]), targets: tf.tensor2d(targets, [count, 1])};
  const rows: NoiseRow[] = [];
  const gramRows: GramRow[] = [];
  const spectra: SpectrumRow[] = [];
  const endings: TrainingEnding[] = [];
  const initialLosses: number[] = [];
  let weights = stackParameters(streams.map((stream) => initialParameters(network, stream)));
  for (let epoch = 0; epoch <= epochs && endings.length < runs.count; epoch++) {
    if (epoch > 0) weights = trainReplicasEpoch(network, weights, samples, block, orders);
    const isRecorded = epoch % recordEvery === 0 || epoch === epochs;
    const hasSpectra = gram !== null && gram.spectrumEpochs.includes(epoch);
    const measuredRuns = isRecorded ? runs.count : hasSpectra ? 1 : 0;
    for (let i = 0; i < measuredRuns; i++) {
      const run = runs.first + i;
      if (endings.some((ending) => ending.run === run)) continue;
      const own = replicaParameters(weights, i);
      const {residuals, ...totals} = gradientNoise(network, own, samples);
      const reason = reasonToEnd(totals, (initialLosses[i] ??= totals.loss));
      if (reason !== null) endings.push({run, reason, epoch});
      else {
        if (isRecorded) rows.push({run, epoch, ...totals});
        if (run === 0 && gram !== null) {
          const gramInputs = tf.slice(samples.inputs, [0, 0], [gram.spectrumSamples, dimension]) as Tensor2D;
          const matrix = gramMatrix(network, own, gramInputs);
          const used = residuals.slice(0, gram.spectrumSamples);
          if (isRecorded) gramRows.push({epoch, ...gramQuantities(matrix, used)});
          if (hasSpectra) spectra.push(...spectrumRows(epoch, matrix, used));
          tf.dispose([gramInputs, matrix]);
        }
      }
      disposeParameters(own);
    }
    context.progress(epoch, epochs);
  }
  const size = parameterCount(weights) / runs.count;
  disposeParameters(weights);
  tf.dispose([samples.inputs, samples.targets]);
  return {rows, gramRows, spectra, parameterCount: size, endings};
}

function checkBlock({samples, batchSize, epochs, gram}: TrainingBlock): void {
  const checkAtMost = (name: string, value: number, limitName: string, limit: number) => {
    if (value > limit) throw new RangeError(`${name}: expected at most ${limitName} = ${limit}, found ${value}`);
  };
  checkAtMost("batchSize", batchSize, "samples", samples);
  if (gram === null) return;
  checkAtMost("spectrumSamples", gram.spectrumSamples, "samples", samples);
  gram.spectrumEpochs.forEach((epoch, i) => checkAtMost(`spectrumEpochs[${i}]`, epoch, "epochs", epochs));
}

function reasonToEnd({loss, noise}: {readonly loss: number; readonly noise: number}, initialLoss: number) {
  if (loss === 0) return "interpolated";
  return Number.isFinite(noise) && loss <= divergenceFactor * initialLoss ? null : "diverged";
}

function gramQuantities(gram: Tensor2D, residuals: Float64Array): Omit<GramRow, "epoch"> {
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
