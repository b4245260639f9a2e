import type {LabelledImages} from "../../data-sets/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import type {CellContext, ImageSetName} from "../experiment.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {randomFeatures} from "./random-features.ts";
import {regressionProblem} from "./regression-problem.ts";
import type {LinearSamples, Quadratic} from "./regression-problem.ts";

/** What SGD is run on: a Gaussian stream, random features of points in the plane, random features of the digits. */
export type DataSetName = "stream" | "plane" | "digits";

/** All data sets, in the order of tables. */
export const dataSetNames: readonly DataSetName[] = ["stream", "plane", "digits"];

/** A data set as the quadratic that SGD descends, with its samples in the eigenbasis; a stream has none, but noise of its labels. */
export interface FiniteDataSet {
  readonly name: DataSetName;
  readonly quadratic: Quadratic;
  readonly samples: LinearSamples | null;
  /** Standard deviation of the noise that SGD adds to a stream's labels; 0 where labels are given. */
  readonly labelNoise: number;
}

/** What a data set is made of. */
export type FiniteDataSource =
  | ({readonly name: "stream"} & Pick<FiniteDataParameters, "streamDimension" | "spectrumDecay" | "labelNoise">)
  | ({readonly name: "plane"} & Pick<FiniteDataParameters, "samples" | "planeFeatures" | "labelNoise">)
  | ({readonly name: "digits"} & Pick<FiniteDataParameters, "digitFeatures">);

/** The sources of the three data sets. */
export function finiteDataSources({streamDimension, spectrumDecay, samples, planeFeatures, digitFeatures, labelNoise}: FiniteDataParameters): readonly FiniteDataSource[] {
  return [
    {name: "stream", streamDimension, spectrumDecay, labelNoise},
    {name: "plane", samples, planeFeatures, labelNoise},
    {name: "digits", digitFeatures}
  ];
}

/** The image sets that a data set reads. */
export const imageSetsOf = ({name}: FiniteDataSource): readonly ImageSetName[] => (name === "digits" ? ["digits"] : []);

/** A data set; points and random weights are drawn from streams of their own. */
export function finiteDataSet(source: FiniteDataSource, {stream, images}: Pick<CellContext, "stream" | "images">): FiniteDataSet {
  if (source.name === "stream") return streamSet(source);
  if (source.name === "plane") return planeSet(source, stream("points in the plane", 0).generator("data"));
  return digitsSet(source, images("digits"), stream("features of the digits", 0).generator("weights"));
}

function streamSet({streamDimension, spectrumDecay, labelNoise}: FiniteDataSource & {readonly name: "stream"}): FiniteDataSet {
  const eigenvalues = Array.from({length: streamDimension}, (_, i) => (i + 1) ** -spectrumDecay);
  return {name: "stream", quadratic: {eigenvalues, solution: eigenvalues.map(() => 0), loss: labelNoise ** 2 / 2}, samples: null, labelNoise};
}

function finiteSet(name: DataSetName, samples: LinearSamples): FiniteDataSet {
  const {samples: rotated, ...quadratic} = regressionProblem(samples);
  return {name, quadratic, samples: rotated, labelNoise: 0};
}

/** Points (x₁, x₂) ~ N(0, I) with labels sin 2x₁ + x₂/2 + σ ε, ε ~ N(0, 1), and random ReLU features with offsets. */
function planeSet({samples, planeFeatures, labelNoise}: FiniteDataSource & {readonly name: "plane"}, random: RandomSource): FiniteDataSet {
  const points = Float64Array.from({length: 2 * samples}, () => random.normal());
  const labels = Float64Array.from({length: samples}, (_, i) => Math.sin(2 * points[2 * i]!) + points[2 * i + 1]! / 2 + labelNoise * random.normal());
  const features = randomFeatures({count: samples, inputs: 2, points, features: planeFeatures, offset: true}, random);
  return finiteSet("plane", {count: samples, dimension: planeFeatures, features, labels});
}

/** Even (+1) against odd (−1) digits on random ReLU features of the pixels in [0, 1]. */
function digitsSet({digitFeatures}: FiniteDataSource & {readonly name: "digits"}, {count, width, height, maximumPixel, pixels, labels}: LabelledImages, random: RandomSource): FiniteDataSet {
  const points = Float64Array.from(pixels, (pixel) => pixel / maximumPixel);
  const features = randomFeatures({count, inputs: width * height, points, features: digitFeatures, offset: false}, random);
  return finiteSet("digits", {count, dimension: digitFeatures, features, labels: Float64Array.from(labels, (label) => (label % 2 === 0 ? 1 : -1))});
}
