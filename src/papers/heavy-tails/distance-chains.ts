import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {dot, square} from "../../kernels/index.ts";
import {unexpected} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {ExperimentContext, ReplicaRange} from "../experiment.ts";
import {homogenizedDistanceEquation, sumOverCoordinates} from "./homogenized-distance-equation.ts";

/** How long and how often. */
export interface ChainLength {
  /** Number of chains, or a range of them: chain number r is the same in every range that holds it. */
  readonly chains: number | ReplicaRange;
  /** Steps of a chain; an odd number is raised by one. */
  readonly steps: number;
}

/** ‖X − m‖ at the end and half-way of independent chains, NaN where one diverged. */
export interface Distances {
  readonly end: Float32Array;
  readonly half: Float32Array;
}

type Run = Pick<ExperimentContext, "ensembles"> & {readonly key: readonly [number, number]; readonly progress?: (done: number, total: number) => void};

function distancesOf(squared: ArrayLike<number>, divergedAt: Int32Array): Distances {
  const chains = divergedAt.length;
  const isSound = (chain: number): boolean => divergedAt[chain] === 0 && Number.isFinite(squared[chain]!) && Number.isFinite(squared[chains + chain]!);
  const take = (offset: number) => Float32Array.from({length: chains}, (_, chain) => (isSound(chain) ? Math.sqrt(squared[offset + chain]!) : NaN));
  return {half: take(0), end: take(chains)};
}

function halvesOf({chains, steps}: ChainLength): {readonly replicas: number | ReplicaRange; readonly steps: number; readonly every: number} {
  if (!(steps >= 1)) throw unexpected("steps", "at least 1", steps);
  const every = Math.ceil(steps / 2);
  return {replicas: chains, steps: 2 * every, every};
}

/** SGD on streaming Gaussian inputs of covariance diag(λ), with unit label noise, from the minimum; the penalty pulls towards it. */
export async function sgdDistances({eigenvalues, ridge, stepSize, batchSize}: HomogenizedSgd, length: ChainLength, {ensembles, key, progress}: Run): Promise<Distances> {
  const samples = streamingSamples({dimension: eigenvalues.length, inputs: {kind: "gaussian"}, spectrum: true});
  const {samples: seen, divergedAt} = await ensembles.simulate(
    linearSgd({samples, batchSize, ridge: true}),
    {parameters: {stepSize, ridge, spectrum: eigenvalues, labelNoise: 1}, key, ...halvesOf(length), observe: ({weights}) => ({squared: dot(weights, weights)}), samples: "replicas"},
    progress === undefined ? {} : {progress}
  );
  return distancesOf(seen.squared!, divergedAt);
}

/** hSGD with m = 0 and L(m) = ½, from m; `timeStep` in steps of SGD. */
export async function homogenizedDistances({eigenvalues, ridge, stepSize, batchSize}: HomogenizedSgd, {timeStep, ...length}: ChainLength & {readonly timeStep: number}, {ensembles, key, progress}: Run): Promise<Distances> {
  const dimension = eigenvalues.length;
  const {samples: seen, divergedAt} = await ensembles.simulate(
    homogenizedDistanceEquation(dimension),
    {parameters: {stepSize, batchSize, eigenvalues, ridge, minimumLoss: 0.5, timeStep}, key, ...halvesOf(length), observe: (state) => ({squared: sumOverCoordinates(dimension, (name) => square(state[name]!))}), samples: "replicas"},
    progress === undefined ? {} : {progress}
  );
  return distancesOf(seen.squared!, divergedAt);
}
