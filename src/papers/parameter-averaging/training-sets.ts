import type {LabelledImages} from "../../data-sets/index.ts";
import {disposeParameters, initialParameters, networkOutputs, perceptron} from "../../models/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {CellContext, ImageSetName} from "../experiment.ts";
import type {NetworkTrainingParameters} from "./network-training-parameters.ts";

/** Samples of one seed in rows: inputs (count, dimension), targets (count, outputs). */
export interface SampleRows {
  readonly count: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** What one seed trains on and what it is tested on. */
export interface TrainingSets {
  readonly dimension: number;
  readonly outputs: number;
  readonly training: SampleRows;
  readonly test: SampleRows;
}

type Sizes = Pick<NetworkTrainingParameters, "samples" | "testSamples">;
type TeacherParameters = Sizes & Pick<NetworkTrainingParameters, "teacherInputs" | "teacherWidth" | "labelNoise">;

/** What decides the samples of every seed. */
export type DataParameters = ({readonly dataSet: "teacher"} & TeacherParameters) | ({readonly dataSet: ImageSetName} & Sizes);

const classes = 10;
/** Mean squares of pixels below this are rounding. */
const leastSquare = 1e-12;

/** The data parameters that a data set reads. */
export function dataParameters({dataSet, samples, testSamples, teacherInputs, teacherWidth, labelNoise}: NetworkTrainingParameters): DataParameters {
  return dataSet === "teacher" ? {dataSet, samples, testSamples, teacherInputs, teacherWidth, labelNoise} : {dataSet, samples, testSamples};
}

/**
 * The samples of one seed, a function of its stream. Images are drawn without replacement, training samples first, with
 * one-hot targets; each pixel is centred by its mean over the training images, and all are divided by the root mean
 * square of what is left: else the mean image is a direction of by far the largest curvature, which bounds the step. A teacher's points are standard Gaussian, its outputs shifted and scaled to mean
 * 0 and variance 1 over all points of the seed; noise goes on training labels alone, so that the test loss is the
 * distance to the teacher.
 *
 * @throws {RangeError} if there are not as many images, or a teacher labels all points the same
 */
export function trainingSets(parameters: DataParameters, images: CellContext["images"], stream: RandomStream): TrainingSets {
  return parameters.dataSet === "teacher" ? teacherSets(parameters, stream) : imageSets(parameters, images(parameters.dataSet), stream);
}

function teacherSets({samples, testSamples, teacherInputs, teacherWidth, labelNoise}: TeacherParameters, stream: RandomStream): TrainingSets {
  const count = samples + testSamples;
  const teacher = perceptron({inputs: teacherInputs, widths: [teacherWidth], activation: "tanh"});
  const weights = initialParameters(teacher, stream);
  const points = normals(stream, 0, [count, teacherInputs], "points");
  const inputs = Float32Array.from(points.dataSync());
  const outputs = Float64Array.from(tf.tidy(() => networkOutputs(teacher, weights, points).dataSync()));
  disposeParameters(weights);
  points.dispose();
  const mean = outputs.reduce((sum, y) => sum + y, 0) / count;
  const deviation = Math.sqrt(outputs.reduce((sum, y) => sum + (y - mean) ** 2, 0) / count);
  if (!(deviation > 0)) throw new RangeError(`teacherWidth: expected a teacher that tells ${count} points apart, found one constant label`);
  const noise = stream.generator("label noise").normals(samples);
  const labels = Float32Array.from(outputs, (y, i) => (y - mean) / deviation + (i < samples ? labelNoise * noise[i]! : 0));
  return split({dimension: teacherInputs, outputs: 1, inputs, targets: labels}, samples, testSamples);
}

function imageSets({samples, testSamples}: Sizes, {count, height, width, maximumPixel, pixels, labels}: LabelledImages, stream: RandomStream): TrainingSets {
  if (samples + testSamples > count) throw new RangeError(`testSamples: expected at most ${count} − samples = ${count - samples}, found ${testSamples}`);
  const chosen = stream.generator("choice of images").shuffle(Array(count).keys()).slice(0, samples + testSamples);
  const dimension = height * width;
  const inputs = new Float32Array(chosen.length * dimension);
  const targets = new Float32Array(chosen.length * classes);
  chosen.forEach((image, i) => {
    for (let pixel = 0; pixel < dimension; pixel++) inputs[i * dimension + pixel] = pixels[image * dimension + pixel]! / maximumPixel;
    targets[i * classes + labels[image]!] = 1;
  });
  standardise(inputs, dimension, samples);
  return split({dimension, outputs: classes, inputs, targets}, samples, testSamples);
}

/** Centres each column by its mean over the first rows and divides all by the root mean square of those rows then, in place. */
function standardise(inputs: Float32Array, dimension: number, rows: number): void {
  const means = new Float64Array(dimension);
  for (let i = 0; i < rows * dimension; i++) means[i % dimension]! += inputs[i]! / rows;
  let square = 0;
  for (let i = 0; i < rows * dimension; i++) square += (inputs[i]! - means[i % dimension]!) ** 2 / (rows * dimension);
  if (!(square > leastSquare)) throw new RangeError(`samples: expected images that differ, found ${rows} equal ones`);
  const scale = Math.sqrt(square);
  for (let i = 0; i < inputs.length; i++) inputs[i] = (inputs[i]! - means[i % dimension]!) / scale;
}

function split({dimension, outputs, inputs, targets}: {readonly dimension: number; readonly outputs: number; readonly inputs: Float32Array; readonly targets: Float32Array}, samples: number, testSamples: number): TrainingSets {
  const rows = (first: number, count: number): SampleRows => ({count, inputs: inputs.slice(first * dimension, (first + count) * dimension), targets: targets.slice(first * outputs, (first + count) * outputs)});
  return {dimension, outputs, training: rows(0, samples), test: rows(samples, testSamples)};
}
