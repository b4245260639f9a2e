import {ridgeSolution} from "../../numerics/index.ts";
import {linearSgd, streamingSamples, tableSamples} from "../../dynamics/index.ts";
import type {Ensembles, RealArray} from "../../kernels/index.ts";
import type {ReplicaRange} from "../experiment.ts";
import type {FiniteDataCell} from "./finite-data-cells.ts";
import {homogenizedDiffusion} from "./homogenized-diffusion.ts";
import type {LinearSamples} from "./regression-problem.ts";

/** SGD itself, or the diffusion that is to stand for it. */
export type Process = "SGD" | "hSGD";

/** Independent chains at two lengths, measured from the ridge solution, the mean of their law. */
export interface ChainDeviations {
  readonly dimension: number;
  readonly chains: number;
  /** (chains, dimension) after half of the steps and after all of them; coordinates along the eigenvectors of H. */
  readonly half: Float64Array;
  readonly whole: Float64Array;
  /** Chains that diverged. */
  readonly diverged: number;
}

/** What runs chains: the engine, a key of random numbers, which chains of it, and how progress is told. */
export interface ChainRun {
  readonly ensembles: Ensembles;
  readonly key: readonly [number, number];
  readonly replicas: ReplicaRange;
  readonly progress?: (done: number, total: number) => void;
}

/** Half the length of a chain in relaxation times of its slowest mode and, of hSGD, the time step times γ(λ₁ + δ). */
export type ChainLength = {readonly process: "SGD"; readonly relaxationTimes: number} | {readonly process: "hSGD"; readonly relaxationTimes: number; readonly relativeTimeStep: number};

/** Steps of SGD in a number of relaxation times 1/(γ(λ_d + δ)): half the length of a chain. */
export function halfLength({sgd: {stepSize, ridge, eigenvalues}}: FiniteDataCell, relaxationTimes: number): number {
  return Math.ceil(relaxationTimes / (stepSize * (eigenvalues.at(-1)! + ridge)));
}

/** The table that SGD samples: features first, then the label. */
function sampleTable({count, dimension, features, labels}: LinearSamples) {
  const values = new Float64Array(count * (dimension + 1));
  for (let row = 0; row < count; row++) {
    values.set(features.subarray(row * dimension, (row + 1) * dimension), row * (dimension + 1));
    values[row * (dimension + 1) + dimension] = labels[row]!;
  }
  return {samples: {rows: count, values}};
}

function centred(samples: RealArray, dimension: number, chains: number, centre: readonly number[]): Pick<ChainDeviations, "half" | "whole"> {
  const part = (sample: number) => Float64Array.from({length: chains * dimension}, (_, i) => samples[sample * chains * dimension + i]! - centre[i % dimension]!);
  return {half: part(0), whole: part(1)};
}

/** Chains of SGD with ridge, B samples a step with replacement, from x = 0. */
async function sgdChains(cell: FiniteDataCell, relaxationTimes: number, {ensembles, key, replicas, progress}: ChainRun): Promise<ChainDeviations> {
  const {set: {quadratic, samples, labelNoise}, sgd} = cell;
  const {eigenvalues, stepSize, ridge, batchSize} = sgd;
  const dimension = eigenvalues.length;
  const every = halfLength(cell, relaxationTimes);
  const shared = {key, replicas, steps: 2 * every, every};
  const options = progress === undefined ? {} : {progress};
  const run =
    samples === null
      ? await ensembles.simulate(
          linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}, spectrum: true}), batchSize, ridge: true}),
          {...shared, observe: ({weights}) => ({weights}), parameters: {stepSize, ridge, labelNoise, spectrum: eigenvalues}},
          options
        )
      : await ensembles.simulate(
          linearSgd({samples: tableSamples({dimension, replacement: "with"}), batchSize, ridge: true}),
          {...shared, observe: ({weights}) => ({weights}), parameters: {stepSize, ridge}, tables: sampleTable(samples)},
          options
        );
  return {dimension, chains: replicas.count, diverged: run.divergedAt.filter((step) => step > 0).length, ...centred(run.samples.weights!, dimension, replicas.count, ridgeSolution(sgd, quadratic))};
}

/** Chains of hSGD from its mean. */
async function diffusionChains(cell: FiniteDataCell, {relaxationTimes, relativeTimeStep}: ChainLength & {readonly process: "hSGD"}, {ensembles, key, replicas, progress}: ChainRun): Promise<ChainDeviations> {
  const {set: {quadratic}, sgd} = cell;
  const {eigenvalues, stepSize, ridge, batchSize} = sgd;
  const {solution, loss: minimumLoss} = quadratic;
  const dimension = eigenvalues.length;
  const timeStep = relativeTimeStep / (stepSize * (eigenvalues[0]! + ridge));
  const every = Math.ceil(halfLength(cell, relaxationTimes) / timeStep);
  const run = await ensembles.simulate(
    homogenizedDiffusion(dimension),
    {
      parameters: {stepSize, batchSize, eigenvalues, solution, ridge, minimumLoss, timeStep},
      key,
      replicas,
      steps: 2 * every,
      every,
      observe: ({deviation}) => ({deviation})
    },
    progress === undefined ? {} : {progress}
  );
  const centre = ridgeSolution(sgd, quadratic).map((value, i) => value - solution[i]!);
  return {dimension, chains: replicas.count, diverged: run.divergedAt.filter((step) => step > 0).length, ...centred(run.samples.deviation!, dimension, replicas.count, centre)};
}

/** Independent chains of a process in one cell, at half their length and at their end. */
export function chainDeviations(cell: FiniteDataCell, length: ChainLength, run: ChainRun): Promise<ChainDeviations> {
  return length.process === "SGD" ? sgdChains(cell, length.relaxationTimes, run) : diffusionChains(cell, length, run);
}
