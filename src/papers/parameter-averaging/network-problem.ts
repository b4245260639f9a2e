import type {LabelledImages} from "../../data-sets/index.ts";
import {convolutionalNetwork, disposeParameters, perceptron} from "../../models/index.ts";
import type {Network, NetworkParameters} from "../../models/index.ts";
import {tf} from "../../tensors/index.ts";
import type {CellContext, ImageSetName, ReplicaRange} from "../experiment.ts";
import {networkCurvature} from "./network-curvature.ts";
import type {NetworkCurvature} from "./network-curvature.ts";
import type {NetworkTrainingParameters} from "./network-training-parameters.ts";
import {trainingCohort} from "./training-cohort.ts";
import type {TrainingCohort} from "./training-cohort.ts";
import {dataParameters, trainingSets} from "./training-sets.ts";
import type {DataParameters} from "./training-sets.ts";

/** A network with the data that it learns, whatever trains it. */
export interface NetworkProblem extends Pick<NetworkTrainingParameters, "network" | "activation" | "batchSize" | "probes"> {
  readonly data: DataParameters;
}

/** A range of seeds of a problem, ready to train. */
export interface PreparedProblem {
  readonly network: Network;
  readonly cohort: TrainingCohort;
  /** The Hessian's say on the training loss of the seed at a place of the range. */
  readonly curvatures: (parameters: NetworkParameters, place: number, traceAlone?: boolean) => NetworkCurvature;
}

/**
 * What the parameters say of the problem.
 * @throws {RangeError} naming the parameter that does not fit another one
 */
export function networkProblem(parameters: NetworkTrainingParameters): NetworkProblem {
  const {network, activation, batchSize, probes, samples, dataSet} = parameters;
  if (batchSize > samples) throw new RangeError(`batchSize: expected at most samples = ${samples}, found ${batchSize}`);
  if (dataSet === "teacher" && network.kind === "convolution") throw new RangeError(`network.kind: expected "dense" for teacher data, found "convolution"`);
  return {network, activation, batchSize, probes, data: dataParameters(parameters)};
}

/** The image sets that a problem asks for. */
export const imageSetsOf = ({data: {dataSet}}: NetworkProblem): readonly ImageSetName[] => (dataSet === "teacher" ? [] : [dataSet]);

/** Seeds of a fully connected network train at the same time, as one stack. */
export const isStacked = ({network}: Pick<NetworkProblem, "network">): boolean => network.kind === "dense";

function networkOf({network, activation, data}: NetworkProblem, images: (set: ImageSetName) => Pick<LabelledImages, "height" | "width">): Network {
  const outputs = data.dataSet === "teacher" ? 1 : 10;
  const {height, width} = data.dataSet === "teacher" ? {height: 1, width: data.teacherInputs} : images(data.dataSet);
  if (network.kind === "dense") return perceptron({inputs: height * width, widths: network.widths, activation, outputs});
  const stages = network.stages.map(({filters, kernelSize, pooling}) => ({filters, kernelSize, ...(pooling === 1 ? {} : {pooling: {kind: "max", size: pooling} as const})}));
  return convolutionalNetwork({image: {height, width, channels: 1}, stages, activation, outputs});
}

/**
 * Data and first weights of some seeds; the caller disposes of the cohort.
 * @throws {RangeError} naming the parameter that does not fit the data set
 */
export function prepareProblem(problem: NetworkProblem, seeds: ReplicaRange, {images, stream}: Pick<CellContext, "images" | "stream">): PreparedProblem {
  const network = networkOf(problem, images);
  const all = Array.from({length: seeds.count}, (_, place) => seeds.first + place);
  const cohort = trainingCohort(network, all.map((seed) => trainingSets(problem.data, images, stream("data", seed))), all.map((seed) => stream("training", seed)), isStacked(problem));
  const curvatures: PreparedProblem["curvatures"] = (weights, place, traceAlone) => {
    const own = cohort.own(weights, place);
    try {
      return networkCurvature(network, own.parameters, own.samples, {probes: problem.probes, stream: stream("curvature", all[place]!)}, traceAlone);
    } finally {
      disposeParameters(own.parameters);
      tf.dispose([own.samples.inputs, own.samples.targets]);
    }
  };
  return {network, cohort, curvatures};
}
