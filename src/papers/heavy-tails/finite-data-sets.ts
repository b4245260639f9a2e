import type {LabelledImages} from "../../data-sets/index.ts";
import type {RandomStream} from "../../random/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {randomFeatures} from "./random-features.ts";
import {regressionProblem} from "./regression-problem.ts";
import type {LinearSamples, Quadratic} from "./regression-problem.ts";

/** What SGD is run on: a Gaussian stream, random features of points in the plane, random features of the digits. */
export type DataSetName = "stream" | "plane" | "digits";

/** A data set as the quadratic that SGD descends, with its samples in the eigenbasis; a stream has none. */
export interface FiniteDataSet {
  readonly name: DataSetName;
  readonly quadratic: Quadratic;
  readonly samples: LinearSamples | null;
}

type Stream = (cell: string, block: number) => RandomStream;

function streamSet({streamDimension, spectrumDecay, labelNoise}: FiniteDataParameters): FiniteDataSet {
  const eigenvalues = Array.from({length: streamDimension}, (_, i) => (i + 1) ** -spectrumDecay);
  return {name: "stream", quadratic: {eigenvalues, solution: eigenvalues.map(() => 0), loss: labelNoise ** 2 / 2}, samples: null};
}

function finiteSet(name: DataSetName, samples: LinearSamples): FiniteDataSet {
  const {samples: rotated, ...quadratic} = regressionProblem(samples);
  return {name, quadratic, samples: rotated};
}

/** Points (x₁, x₂) ~ N(0, I) with labels sin 2x₁ + x₂/2 + σ ε, ε ~ N(0, 1), and random ReLU features with offsets. */
function planeSet({samples, planeFeatures, labelNoise}: FiniteDataParameters, random: RandomSource): FiniteDataSet {
  const points = Float64Array.from({length: 2 * samples}, () => random.normal());
  const labels = Float64Array.from({length: samples}, (_, i) => Math.sin(2 * points[2 * i]!) + points[2 * i + 1]! / 2 + labelNoise * random.normal());
  const features = randomFeatures({count: samples, inputs: 2, points, features: planeFeatures, offset: true}, random);
  return finiteSet("plane", {count: samples, dimension: planeFeatures, features, labels});
}

/** Even (+1) against odd (−1) digits on random ReLU features of the pixels in [0, 1]. */
function digitsSet({digitFeatures}: FiniteDataParameters, {count, width, height, maximumPixel, pixels, labels}: LabelledImages, random: RandomSource): FiniteDataSet {
  const points = Float64Array.from(pixels, (pixel) => pixel / maximumPixel);
  const features = randomFeatures({count, inputs: width * height, points, features: digitFeatures, offset: false}, random);
  return finiteSet("digits", {count, dimension: digitFeatures, features, labels: Float64Array.from(labels, (label) => (label % 2 === 0 ? 1 : -1))});
}

/** The three data sets of the parameters; points and random weights are drawn from streams of their own. */
export function finiteDataSets(parameters: FiniteDataParameters, digits: LabelledImages, {stream}: {readonly stream: Stream}): readonly FiniteDataSet[] {
  return [
    streamSet(parameters),
    planeSet(parameters, stream("points in the plane", 0).generator("data")),
    digitsSet(parameters, digits, stream("features of the digits", 0).generator("weights"))
  ];
}
