import type {RegressionData} from "../../data-sets/index.ts";
import {disposeParameters, initialParameters, networkOutputs, perceptron} from "../../models/index.ts";
import type {Activation} from "../../models/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";

/** Points and the network that labels them. */
export interface TeacherParameters {
  readonly samples: number;
  readonly teacherInputs: number;
  readonly teacherWidths: readonly number[];
  readonly activation: Activation;
}

/**
 * Independent standard Gaussian points, labelled by a fully connected network with Glorot's random weights; labels are
 * then shifted and scaled to mean 0 and variance 1, so that the loss of a constant is ½ whatever the teacher.
 *
 * @throws {RangeError} if the teacher gives all points the same label
 */
export function teacherData({samples, teacherInputs, teacherWidths, activation}: TeacherParameters, stream: RandomStream): RegressionData {
  const teacher = perceptron({inputs: teacherInputs, widths: teacherWidths, activation});
  const parameters = initialParameters(teacher, stream);
  const points = normals(stream, 0, [samples, teacherInputs], "points");
  const inputs = Float32Array.from(points.dataSync());
  const outputs = Float64Array.from(tf.tidy(() => networkOutputs(teacher, parameters, points).dataSync()));
  disposeParameters(parameters);
  points.dispose();
  const mean = outputs.reduce((sum, y) => sum + y, 0) / samples;
  const variance = outputs.reduce((sum, y) => sum + (y - mean) ** 2, 0) / samples;
  if (!(variance > 0)) throw new RangeError(`teacherWidths: expected a teacher that tells ${samples} points apart, found one constant label`);
  const targets = Float32Array.from(outputs, (y) => (y - mean) / Math.sqrt(variance));
  return {count: samples, dimension: teacherInputs, inputs, targets};
}
