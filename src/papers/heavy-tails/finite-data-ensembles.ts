import {ridgeSolution} from "../../numerics/index.ts";
import {linearSgd, streamingSamples, tableSamples} from "../../dynamics/index.ts";
import type {Ensembles, RealArray} from "../../kernels/index.ts";
import type {FiniteDataCell} from "./finite-data-cells.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
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

/** What runs chains: the engine, a key of random numbers, and how progress is told. */
export interface ChainRun {
  readonly ensembles: Ensembles;
  readonly key: readonly [number, number];
  readonly chains: number;
  readonly progress?: (done: number, total: number) => void;
}

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
async function sgdChains(cell: FiniteDataCell, parameters: FiniteDataParameters, {ensembles, key, chains, progress}: ChainRun): Promise<ChainDeviations> {
  const {set: {quadratic, samples}, sgd} = cell;
  const {eigenvalues, stepSize, ridge} = sgd;
  const dimension = eigenvalues.length;
  const every = halfLength(cell, parameters.relaxationTimes);
  const shared = {key, replicas: chains, steps: 2 * every, every};
  const options = progress === undefined ? {} : {progress};
  const {batchSize, labelNoise} = parameters;
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
  return {dimension, chains, diverged: run.divergedAt.filter((step) => step > 0).length, ...centred(run.samples.weights!, dimension, chains, ridgeSolution(sgd, quadratic))};
}

/** Chains of hSGD from its mean. */
async function diffusionChains(cell: FiniteDataCell, parameters: FiniteDataParameters, {ensembles, key, chains, progress}: ChainRun): Promise<ChainDeviations> {
  const {set: {quadratic}, sgd} = cell;
  const {eigenvalues, stepSize, ridge} = sgd;
  const {solution, loss: minimumLoss} = quadratic;
  const dimension = eigenvalues.length;
  const timeStep = parameters.relativeTimeStep / (stepSize * (eigenvalues[0]! + ridge));
  const every = Math.ceil(halfLength(cell, parameters.diffusionRelaxationTimes) / timeStep);
  const run = await ensembles.simulate(
    homogenizedDiffusion(dimension),
    {
      parameters: {stepSize, batchSize: parameters.batchSize, eigenvalues, solution, ridge, minimumLoss, timeStep},
      key,
      replicas: chains,
      steps: 2 * every,
      every,
      observe: ({deviation}) => ({deviation})
    },
    progress === undefined ? {} : {progress}
  );
  const centre = ridgeSolution(sgd, quadratic).map((value, i) => value - solution[i]!);
  return {dimension, chains, diverged: run.divergedAt.filter((step) => step > 0).length, ...centred(run.samples.deviation!, dimension, chains, centre)};
}

/** Independent chains of a process in one cell, at half their length and at their end. */
export function chainDeviations(process: Process, cell: FiniteDataCell, parameters: FiniteDataParameters, run: ChainRun): Promise<ChainDeviations> {
  return process === "SGD" ? sgdChains(cell, parameters, run) : diffusionChains(cell, parameters, run);
}
