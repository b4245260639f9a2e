import {antitheticPair, distributionDependentFlow, momentsPerProcess, tanhNeuron, weakSecondOrder, wienerMomentCovariance, withWienerMoments} from "../../dynamics/index.ts";
import type {DataPoint, DriftCorrection} from "../../numerics/index.ts";
import type {RealArray} from "../../kernels/index.ts";
import {controlVariateMean} from "../../statistics/index.ts";
import type {ExperimentContext} from "../experiment.ts";

/** Paths of the distribution-dependent flow of tanh neurons. */
export interface FlowPathsRequest {
  readonly data: readonly DataPoint[];
  /** (M), the neurons at the start. */
  readonly particles: readonly number[];
  readonly stepSize: number;
  readonly horizon: number;
  /** Steps of the scheme. */
  readonly timeSteps: number;
  /** 1 or 0 for each part. */
  readonly correction: DriftCorrection;
  readonly pairs: number;
  /** Paths of one key have the same noise. */
  readonly key: readonly [number, number];
}

/** The mean of θ² over the neurons at the horizon. */
export interface FlowPaths {
  /** (pairs), on the first path of each pair and on the mirrored one. */
  readonly first: Float64Array;
  readonly mirrored: Float64Array;
  /** Each (pairs), of mean 0: products of the noise's moments. */
  readonly controls: readonly Float64Array[];
}

/** Row means of the squares of (rows, width). */
export function meanSquares(values: RealArray, width: number): Float64Array {
  return Float64Array.from({length: values.length / width}, (_, row) => {
    let sum = 0;
    for (let k = row * width; k < (row + 1) * width; k++) sum += values[k]! ** 2;
    return sum / width;
  });
}

function momentProducts(moments: RealArray, processes: number, horizon: number, timeSteps: number): readonly Float64Array[] {
  const width = processes * momentsPerProcess;
  const covariance = wienerMomentCovariance(horizon, timeSteps);
  const sameProcess = (a: number, b: number) => Math.floor(a / momentsPerProcess) === Math.floor(b / momentsPerProcess);
  const meanOf = (a: number, b: number) => (sameProcess(a, b) ? covariance[(a % momentsPerProcess) * momentsPerProcess + (b % momentsPerProcess)]! : 0);
  const chosen = Array.from({length: width}, (_, a) => Array.from({length: a + 1}, (_unused, b) => [a, b] as const)).flat();
  return chosen.map(([a, b]) => Float64Array.from({length: moments.length / width}, (_, row) => moments[row * width + a]! * moments[row * width + b]! - meanOf(a, b)));
}

/**
 * Runs antithetic pairs of the flow by Platen's scheme of weak order 2 and
 * keeps ∫θ²dΛ_T of both with control variates of second degree in the noise.
 * @throws RangeError for paths that do not stay finite, with their number and the step size.
 */
export async function flowPaths({data, particles, stepSize, horizon, timeSteps, correction, pairs, key}: FlowPathsRequest, {ensembles}: Pick<ExperimentContext, "ensembles">): Promise<FlowPaths> {
  const processes = Math.max(1, data.length - 1);
  const flow = distributionDependentFlow({neurons: particles.length, samples: data.length, neuron: tanhNeuron});
  const dynamics = weakSecondOrder(withWienerMoments(antitheticPair(flow), processes));
  const {state, divergedAt} = await ensembles.simulate(dynamics, {
    parameters: {stepSize, timeStep: horizon / timeSteps, horizon, ownDerivative: correction.own, lionsDerivative: correction.lions, samples: data.flatMap(({input, label}) => [input, label]), thetaStart: particles},
    key,
    replicas: pairs,
    steps: timeSteps
  });
  const diverged = divergedAt.filter((step) => step > 0).length;
  if (diverged > 0) throw new RangeError(`distribution-dependent flow: stepSize: expected a step size at which all paths stay finite, found ${stepSize}, at which ${diverged} of ${pairs} pairs diverged`);
  return {first: meanSquares(state.theta!, particles.length), mirrored: meanSquares(state.thetaMirrored!, particles.length), controls: momentProducts(state.wienerMoments!, processes, horizon, timeSteps)};
}

/** Neurons at the quantiles (k − ½)/M of the uniform law on [lowest, highest]. */
export function quantileParticles(lowest: number, highest: number, count: number): readonly number[] {
  return Array.from({length: count}, (_, k) => lowest + ((highest - lowest) * (k + 0.5)) / count);
}

/** Variance of one path over antithetic pairs, by the same control variates as the mean. */
export function pairedVariance({first, mirrored, controls}: FlowPaths): {readonly variance: number; readonly standardError: number} {
  const centre = first.reduce((sum, value, i) => sum + value + mirrored[i]!, 0) / (2 * first.length);
  const squares = first.map((value, i) => ((value - centre) ** 2 + (mirrored[i]! - centre) ** 2) / 2);
  const {estimate, standardError} = controlVariateMean(squares, controls);
  return {variance: estimate, standardError};
}
