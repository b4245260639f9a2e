import {disposeParameters, gramMatrix, gramStatistics, initialParameters, networkOutputs, perceptron, twoLayerNetwork} from "../../models/index.ts";
import type {Network} from "../../models/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {summarizeAlignment} from "./alignment-cell.ts";
import type {AlignmentCell, AlignmentDraw, AlignmentSummary} from "./alignment-cell.ts";
import type {NetworkAlignmentParameters} from "./alignment-parameters.ts";

type NetworkCell = Pick<AlignmentCell, "sweep" | "model" | "setting" | "samples"> & {readonly network: Network};

/** μ of a network at its initial parameters on Gaussian inputs, labelled by a random linear function of unit variance. */
function drawAlignment(network: Network, inputs: number, samples: number, stream: RandomStream): AlignmentDraw {
  const parameters = initialParameters(network, stream);
  const measured = tf.tidy(() => {
    const points = normals(stream, 0, [samples, inputs], "inputs");
    const teacher = tf.mul(normals(stream, 0, [inputs, 1], "teacher"), inputs ** -0.5);
    const residuals = tf.sub(networkOutputs(network, parameters, points), tf.matMul(points as never, teacher as never));
    return {...gramStatistics(gramMatrix(network, parameters, points), Float64Array.from(residuals.dataSync()))};
  });
  disposeParameters(parameters);
  return {...measured, population: null};
}

/** E1.1: the average alignment of two-layer networks with fixed output weights over width, and of ReLU networks over depth. */
export function networkAlignment(parameters: NetworkAlignmentParameters, {stream, progress}: Pick<ExperimentContext, "stream" | "progress">): readonly AlignmentSummary[] {
  const {draws, inputs, samples, activations, widths, depths, depthWidth} = parameters;
  const cells: readonly NetworkCell[] = [
    ...activations.flatMap((activation) => widths.map((width) => ({sweep: "width", model: activation, setting: width, samples, network: twoLayerNetwork({inputs, width, activation})}))),
    ...depths.map((depth) => ({sweep: "depth", model: "relu", setting: depth, samples, network: perceptron({inputs, widths: Array.from({length: depth}, () => depthWidth), activation: "relu"})}))
  ];
  return cells.map(({network, ...cell}, i) => {
    const found = Array.from({length: draws}, (_, draw) => drawAlignment(network, inputs, samples, stream(`${cell.sweep} ${cell.model} ${cell.setting}`, draw)));
    progress(i + 1, cells.length);
    return summarizeAlignment({...cell, effectiveDimension: null, participationRatio: null}, found);
  });
}
