import {disposeParameters, gramMatrix, gramStatistics, initialParameters, networkOutputs, perceptron, twoLayerNetwork} from "../../models/index.ts";
import type {Network} from "../../models/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import {defineExperiment} from "../experiment.ts";
import {drawOf} from "./alignment-cell.ts";
import type {AlignmentDraw, AlignmentDrawRow} from "./alignment-cell.ts";
import type {NetworkAlignmentParameters} from "./alignment-parameters.ts";

/** One network of one sweep. */
interface NetworkCell extends Pick<NetworkAlignmentParameters, "inputs" | "samples"> {
  readonly sweep: "width" | "depth";
  readonly activation: NetworkAlignmentParameters["activations"][number];
  /** Units of each hidden layer. */
  readonly widths: readonly number[];
}

const settingOf = ({sweep, widths}: NetworkCell): number => (sweep === "width" ? widths[0]! : widths.length);
const nameOf = (cell: NetworkCell): string => `${cell.sweep} ${cell.activation} ${settingOf(cell)}`;

function networkOf({sweep, inputs, activation, widths}: NetworkCell): Network {
  return sweep === "width" ? twoLayerNetwork({inputs, width: widths[0]!, activation}) : perceptron({inputs, widths, activation: "relu"});
}

function sweeps({inputs, samples, activations, widths, depths, depthWidth}: NetworkAlignmentParameters): readonly NetworkCell[] {
  const shared = {inputs, samples};
  return [
    ...activations.flatMap((activation) => widths.map((width): NetworkCell => ({sweep: "width", activation, widths: [width], ...shared}))),
    ...depths.map((depth): NetworkCell => ({sweep: "depth", activation: "relu", widths: Array.from({length: depth}, () => depthWidth), ...shared}))
  ];
}

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
  return drawOf(measured, null);
}

/**
 * E1.1: the average alignment of two-layer networks with fixed output weights over width, and of ReLU networks over depth.
 * A cell is one network, a replica a draw of data and weights.
 */
export const networkAlignment = /* @__PURE__ */ defineExperiment({
  cells: (parameters: NetworkAlignmentParameters) => sweeps(parameters).map((cell) => ({name: nameOf(cell), reads: cell, replicas: parameters.draws})),

  run(cell: NetworkCell, {stream, progress, replicas}): readonly AlignmentDrawRow[] {
    const {sweep, activation, inputs, samples} = cell;
    const network = networkOf(cell);
    const shared = {sweep, model: activation, setting: settingOf(cell), samples, effectiveDimension: null, participationRatio: null};
    return Array.from({length: replicas.count}, (_, i) => {
      const draw = replicas.first + i;
      const found = drawAlignment(network, inputs, samples, stream(nameOf(cell), draw));
      progress(i + 1, replicas.count);
      return {...shared, draw, ...found};
    });
  }
});
