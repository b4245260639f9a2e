import {convolutionalNetwork, disposeParameters, gramMatrix, gramStatistics, initialParameters, leadingAlignments, networkOutputs, outputStatistics, parameterCount, perceptron, trainEpoch} from "../../models/index.ts";
import type {Network, NetworkParameters, Samples} from "../../models/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor2D} from "../../tensors/index.ts";
import {defineExperiment} from "../experiment.ts";
import {imageRegression} from "./image-regression.ts";
import type {ImageRegression} from "./image-regression.ts";
import type {TrainingAlignmentParameters} from "./training-alignment-parameters.ts";

/** One quantity at one epoch of one seed, in tidy form. */
export interface TrainingAlignmentRow {
  readonly seed: number;
  readonly epoch: number;
  /**
   * `loss`, `alignment` (μ), `centredAlignment`, the bounds `leastAlignment` and `greatestAlignment`; by rank
   * `curvature` (an eigenvalue of G) and `directionalAlignment` (g along its eigenvector); `parameters`, how many
   * there are, at epoch 0; `diverged` or `interpolated` (value 1) where a seed ended before its last epoch.
   */
  readonly quantity: string;
  /** Rank of a direction, 1 for the sharpest; null for other quantities. */
  readonly rank: number | null;
  readonly value: number;
}

/** What a training reads. */
type TrainingCell = Omit<TrainingAlignmentParameters, "seeds">;

const divergenceFactor = 1e6;

function networkOf({network, activation}: TrainingCell, {image: {height, width}, outputs}: ImageRegression): Network {
  if (network.kind === "dense") return perceptron({inputs: height * width, widths: network.widths, activation, outputs});
  const stages = network.stages.map(({filters, kernelSize, pooling}) => ({filters, kernelSize, ...(pooling === 1 ? {} : {pooling: {kind: "max", size: pooling} as const})}));
  return convolutionalNetwork({image: {height, width, channels: 1}, stages, activation, outputs});
}

function checkParameters({samples, batchSize, epochs, recordEpochs, directionEpochs, directions, targets}: TrainingCell): void {
  if (batchSize > samples) throw new RangeError(`batchSize: expected at most samples = ${samples}, found ${batchSize}`);
  if (directions > samples) throw new RangeError(`directions: expected at most samples = ${samples}, found ${directions}`);
  const late = recordEpochs.findIndex((epoch) => epoch > epochs);
  if (late >= 0) throw new RangeError(`recordEpochs[${late}]: expected at most epochs = ${epochs}, found ${recordEpochs[late]}`);
  const unrecorded = directionEpochs.findIndex((epoch) => !recordEpochs.includes(epoch));
  if (unrecorded >= 0) throw new RangeError(`directionEpochs[${unrecorded}]: expected one of recordEpochs, found ${directionEpochs[unrecorded]}`);
  if (targets === "classes" && directionEpochs.length > 0) throw new RangeError(`directionEpochs: expected none for ten outputs, found [${directionEpochs}]`);
}

type Measured = readonly Pick<TrainingAlignmentRow, "quantity" | "rank" | "value">[];

const scalarRows = (values: Readonly<Record<string, number>>): Measured => Object.entries(values).map(([quantity, value]) => ({quantity, rank: null, value}));

/** Alignments at fixed parameters over all samples, or why there are none. */
function measure(network: Network, weights: NetworkParameters, {inputs, targets}: Samples, directions: number, initialLoss: number | undefined): {readonly loss: number; readonly rows: Measured; readonly ended: boolean} {
  const residuals = Float64Array.from(tf.tidy(() => tf.sub(networkOutputs(network, weights, inputs), targets).dataSync()));
  const loss = residuals.reduce((sum, r) => sum + (r * r) / 2, 0) / inputs.shape[0]!;
  if (loss === 0) return {loss, rows: scalarRows({interpolated: 1}), ended: true};
  if (!(loss <= divergenceFactor * (initialLoss ?? loss))) return {loss, rows: scalarRows({diverged: 1}), ended: true};
  const kept = ({alignment, centredAlignment, leastAlignment, greatestAlignment}: ReturnType<typeof gramStatistics>) => scalarRows({loss, alignment, centredAlignment, leastAlignment, greatestAlignment});
  if (network.outputs > 1) return {loss, rows: kept(outputStatistics(network, weights, inputs, residuals)), ended: false};
  const gram = gramMatrix(network, weights, inputs);
  try {
    const rows = kept(gramStatistics(gram, residuals));
    if (directions === 0) return {loss, rows, ended: false};
    const {curvatures, alignments} = leadingAlignments(gram, residuals, directions);
    const ranked = (quantity: string, values: Float64Array): Measured => Array.from(values, (value, i) => ({quantity, rank: i + 1, value}));
    return {loss, rows: [...rows, ...ranked("curvature", curvatures), ...ranked("directionalAlignment", alignments)], ended: false};
  } finally {
    gram.dispose();
  }
}

/** One training from its own first weights and orders of samples. */
function trainSeed(seed: number, parameters: TrainingCell, network: Network, samples: Samples, stream: RandomStream): readonly TrainingAlignmentRow[] {
  const {epochs, recordEpochs, directionEpochs, directions} = parameters;
  const order = stream.generator("order of samples");
  const rows: TrainingAlignmentRow[] = [];
  let weights = initialParameters(network, stream);
  let initialLoss: number | undefined;
  rows.push({seed, epoch: 0, quantity: "parameters", rank: null, value: parameterCount(weights)});
  for (let epoch = 0; epoch <= epochs; epoch++) {
    if (epoch > 0) weights = trainEpoch(network, weights, samples, parameters, order);
    if (!recordEpochs.includes(epoch)) continue;
    const measured = measure(network, weights, samples, directionEpochs.includes(epoch) ? directions : 0, initialLoss);
    initialLoss ??= measured.loss;
    rows.push(...measured.rows.map((row): TrainingAlignmentRow => ({seed, epoch, ...row})));
    if (measured.ended) break;
  }
  disposeParameters(weights);
  return rows;
}

/**
 * E1.3: trains one network by SGD on the square loss from several seeds and takes, at fixed parameters between epochs
 * and over all training samples, the average alignment μ with its two-sided certificate and the directional alignment
 * along the sharpest eigenvectors of G, all through the Gram matrix of gradients. A seed whose loss is not finite, or a
 * million times the first one, or zero, ends there. There is one cell; a replica is a seed.
 *
 * Source: Wang, Wu, *The noise geometry of SGD* (arXiv 2310.00692), figures 1 and 2.
 *
 * @throws {RangeError} naming the parameter that does not fit the data set or another parameter
 */
export const trainingAlignment = /* @__PURE__ */ defineExperiment({
  cells: ({seeds, ...reads}: TrainingAlignmentParameters) => {
    checkParameters(reads);
    return [{name: "training", reads, replicas: seeds, imageSets: [reads.dataSet]}];
  },

  run(parameters: TrainingCell, {images, stream, progress, replicas}): readonly TrainingAlignmentRow[] {
    const data = imageRegression(parameters, images(parameters.dataSet));
    const network = networkOf(parameters, data);
    const {count, outputs, image: {height, width}} = data;
    const samples = {inputs: tf.tensor2d(data.inputs, [count, height * width]), targets: tf.tensor2d(data.targets, [count, outputs]) as Tensor2D};
    try {
      return Array.from({length: replicas.count}, (_, i) => {
        const seed = replicas.first + i;
        const rows = trainSeed(seed, parameters, network, samples, stream("training", seed));
        progress(i + 1, replicas.count);
        return rows;
      }).flat();
    } finally {
      tf.dispose([samples.inputs, samples.targets]);
    }
  }
});
