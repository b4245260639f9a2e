import type {LabelledImages} from "../../data-sets/index.ts";
import {combinedAverage, convolutionalNetwork, disposeParameters, parameterAverage, perceptron, samStep} from "../../models/index.ts";
import type {Network, NetworkParameters, ParameterAverage, Step} from "../../models/index.ts";
import {tf} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {instabilityStep, networkCurvature} from "./network-curvature.ts";
import type {NetworkCurvature} from "./network-curvature.ts";
import type {NetworkTrainingParameters} from "./network-training-parameters.ts";
import {trainingCohort} from "./training-cohort.ts";
import type {Fit, TrainingCohort} from "./training-cohort.ts";
import {trainingSets} from "./training-sets.ts";

/** The averages of SGD at the large step, with the fraction of the steps after which each starts. */
export const averageStarts = {"average of all": 0, "average of last half": 0.5, "average of last quarter": 0.75} as const;
export type AverageName = keyof typeof averageStarts;

/** What ends a training: the last iterate of SGD or SAM, or an average of the iterates at the large step. */
export type MethodName = "small step" | "large step" | "large step, other order" | "SAM" | AverageName;

/** Where one method stands at one epoch of one seed. */
export interface NetworkTrainingRow {
  readonly seed: number;
  readonly method: MethodName;
  readonly epoch: number;
  readonly stepSize: number;
  /** Not finite at this epoch, or at the last one above the loss of the first weights: all else is null then. */
  readonly diverged: boolean;
  readonly trainingLoss: number | null;
  readonly testLoss: number | null;
  readonly accuracy: number | null;
  /** At the last epoch of those methods whose sharpness is compared, and all along the large step. */
  readonly trace: number | null;
  readonly traceError: number | null;
  /** At the last epoch alone. */
  readonly sharpness: number | null;
  readonly leastCurvature: number | null;
}

interface Run {
  readonly method: "small step" | "large step" | "large step, other order" | "SAM";
  readonly stepSize: number;
  readonly order: string;
  readonly step?: Step;
}

const measuredMethods: readonly MethodName[] = ["small step", "large step", "average of last half", "SAM"];
const noCurvature = {trace: null, traceError: null, sharpness: null, leastCurvature: null};

function networkOf({network, activation, teacherInputs, dataSet}: NetworkTrainingParameters, image: Pick<LabelledImages, "height" | "width"> | null): Network {
  const outputs = dataSet === "teacher" ? 1 : 10;
  if (network.kind === "dense") return perceptron({inputs: image === null ? teacherInputs : image.height * image.width, widths: network.widths, activation, outputs});
  if (image === null) throw new RangeError(`network.kind: expected "dense" for teacher data, found "convolution"`);
  const stages = network.stages.map(({filters, kernelSize, pooling}) => ({filters, kernelSize, ...(pooling === 1 ? {} : {pooling: {kind: "max", size: pooling} as const})}));
  return convolutionalNetwork({image: {height: image.height, width: image.width, channels: 1}, stages, activation, outputs});
}

function checkParameters({samples, batchSize, smallFraction, largeFraction, epochs, recordEpochs}: NetworkTrainingParameters): void {
  const late = recordEpochs.findIndex((epoch) => epoch > epochs);
  if (late >= 0) throw new RangeError(`recordEpochs[${late}]: expected at most epochs = ${epochs}, found ${recordEpochs[late]}`);
  if (batchSize > samples) throw new RangeError(`batchSize: expected at most samples = ${samples}, found ${batchSize}`);
  if (!(smallFraction < largeFraction)) throw new RangeError(`smallFraction: expected less than largeFraction = ${largeFraction}, found ${smallFraction}`);
}

/** The running means of the segments of a training between the starts of the averages: all averages, one addition a step. */
function segmentedAverages(steps: number) {
  const starts = Object.values(averageStarts);
  const segments: readonly ParameterAverage[] = starts.map(() => parameterAverage());
  let taken = 0;
  return {
    add: (parameters: NetworkParameters) => {
      taken++;
      segments[starts.findLastIndex((start) => taken > start * steps)]!.add(parameters);
    },
    /** The averages that have begun. */
    means: (): readonly (readonly [AverageName, NetworkParameters])[] =>
      (Object.keys(averageStarts) as AverageName[]).flatMap((name, i) => (segments[i]!.count() === 0 ? [] : [[name, combinedAverage(segments.slice(i))] as const])),
    dispose: () => segments.forEach((segment) => segment.dispose())
  };
}

type Curvatures = (parameters: NetworkParameters, place: number, traceAlone?: boolean) => NetworkCurvature;

/** Trains a cohort by one run's rule and records the last iterates and, where asked for, their averages. */
function trainCohort(cohort: TrainingCohort, {method, stepSize, order, step}: Run, seeds: readonly number[], {epochs, recordEpochs, batchSize, samples}: NetworkTrainingParameters, stream: ExperimentContext["stream"], curvatures: Curvatures): readonly NetworkTrainingRow[] {
  const orders = seeds.map((seed) => stream("training", seed).generator(order));
  const averages = method === "large step" ? segmentedAverages(epochs * Math.floor(samples / batchSize)) : null;
  const rows: NetworkTrainingRow[] = [];
  let weights = cohort.initial();
  const first = cohort.fit(weights, "training");
  for (let epoch = 0; epoch <= epochs; epoch++) {
    if (epoch > 0) weights = cohort.train(weights, {stepSize, batchSize, ...(step && {step}), ...(averages && {afterStep: averages.add})}, orders);
    const isLast = epoch === epochs;
    if (epoch !== 0 && !isLast && !recordEpochs.includes(epoch)) continue;
    const last = cohort.fit(weights, "training");
    const isDiverged = last.map(({loss}, i) => !(loss < (isLast ? first[i]!.loss : Infinity)));
    const record = (name: MethodName, parameters: NetworkParameters, training: readonly Fit[]) => {
      const test = cohort.fit(parameters, "test");
      seeds.forEach((seed, i) => {
        const diverged = isDiverged[i]! || !Number.isFinite(training[i]!.loss + test[i]!.loss);
        const own = {seed, method: name, epoch, stepSize, diverged};
        if (diverged) rows.push({...own, trainingLoss: null, testLoss: null, accuracy: null, ...noCurvature});
        else rows.push({...own, trainingLoss: training[i]!.loss, testLoss: test[i]!.loss, accuracy: test[i]!.accuracy, ...(name === "large step" || (isLast && measuredMethods.includes(name)) ? curvatures(parameters, i, !isLast) : noCurvature)});
      });
    };
    record(method, weights, last);
    for (const [name, mean] of averages?.means() ?? []) {
      record(name, mean, cohort.fit(mean, "training"));
      disposeParameters(mean);
    }
  }
  averages?.dispose();
  disposeParameters(weights);
  return rows;
}

function stepSizes(unstable: number, {smallFraction, largeFraction}: NetworkTrainingParameters): {readonly small: number; readonly large: number} {
  return {small: smallFraction * unstable, large: largeFraction * unstable};
}

/**
 * E3.2: trains one network on the square loss from paired seeds by SGD at a small and at a large step, whose iterates
 * are averaged from several starts on, and by SAM at the large step. All have the same number of steps, first weights
 * and order of samples; SAM takes two gradients a step. A further run at the large step, in another order of samples,
 * is the control. Step sizes are fractions of the instability step at the first seed's first weights, before anything
 * is trained.
 *
 * A seed of a run whose training loss is not finite, or ends above that of its first weights, counts as diverged.
 *
 * Source: Nitanda, Kikuchi, Maeda, Wu (arXiv 2302.09376), experiments; data sets, networks, loss and steps are ours.
 *
 * @throws {RangeError} naming the parameter that does not fit the data set or another parameter
 */
export function networkTraining(parameters: NetworkTrainingParameters, images: (dataSet: "digits" | "mnist") => LabelledImages, {stream, progress}: Pick<ExperimentContext, "stream" | "progress">): readonly NetworkTrainingRow[] {
  checkParameters(parameters);
  const {seeds, dataSet, ascentRadius, probes} = parameters;
  const network = networkOf(parameters, dataSet === "teacher" ? null : images(dataSet));
  const isStacked = parameters.network.kind === "dense";
  const all = Array.from({length: seeds}, (_, seed) => seed);
  const groups = isStacked ? [all] : all.map((seed) => [seed]);
  let steps: ReturnType<typeof stepSizes> | undefined;
  return groups.flatMap((group, i) => {
    const streams = group.map((seed) => stream("training", seed));
    const cohort = trainingCohort(network, group.map((seed) => trainingSets(parameters, images, stream("data", seed))), streams, isStacked);
    const curvatures: Curvatures = (weights, place, traceAlone) => {
      const own = cohort.own(weights, place);
      try {
        return networkCurvature(network, own.parameters, own.samples, {probes, stream: stream("curvature", group[place]!)}, traceAlone);
      } finally {
        disposeParameters(own.parameters);
        tf.dispose([own.samples.inputs, own.samples.targets]);
      }
    };
    if (steps === undefined) {
      const start = cohort.initial();
      const {trace, sharpness} = curvatures(start, 0);
      steps = stepSizes(instabilityStep({trace, sharpness: sharpness!}, {batchSize: parameters.batchSize, outputs: network.outputs}), parameters);
      disposeParameters(start);
    }
    const order = "order of samples";
    const runs: readonly Run[] = [
      {method: "small step", stepSize: steps.small, order},
      {method: "large step", stepSize: steps.large, order},
      {method: "SAM", stepSize: steps.large, order, step: samStep(ascentRadius)},
      {method: "large step, other order", stepSize: steps.large, order: "another order of samples"}
    ];
    const rows = runs.flatMap((run, j) => {
      const found = trainCohort(cohort, run, group, parameters, stream, curvatures);
      progress(i * runs.length + j + 1, groups.length * runs.length);
      return found;
    });
    cohort.dispose();
    return rows;
  });
}
