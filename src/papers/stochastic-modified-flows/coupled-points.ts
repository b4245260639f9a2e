import {leastSquaresModel, sgdFlow, stochasticModifiedEquation, stochasticModifiedFlow, weakSecondOrder} from "../../dynamics/index.ts";
import type {Simulation} from "../../kernels/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {CoupledPointsParameters} from "./counter-example-parameters.ts";

/** Whose pairs they are. */
export type PairProcess = "SGD" | "modified flow" | "modified equation";

/** Both points of one pair at one time. */
export interface PairPosition {
  readonly process: PairProcess;
  /** Steps of the scheme in one of SGD; 1 for SGD itself. */
  readonly substeps: number;
  readonly time: number;
  readonly upper: number;
  readonly lower: number;
}

const model = leastSquaresModel({samples: 2, dimension: 1});
const pair = {model, points: ["upper", "lower"]} as const;
const sgd = sgdFlow(pair);
const diffusions = {"modified flow": weakSecondOrder(stochasticModifiedFlow(pair)), "modified equation": weakSecondOrder(stochasticModifiedEquation(pair))} as const;

/** What can be simulated, in the order of the tables. */
export const pairProcesses: readonly PairProcess[] = ["SGD", "modified flow", "modified equation"];

/** Two points on ½ z² (1 ± s), as a least-squares problem of two rows (√(1 ± s), 0), to the horizon or seen after every step. */
function simulatePairs(process: PairProcess, substeps: number, {noise, stepSize, steps, upper, lower}: CoupledPointsParameters, replicas: number, {stream, ensembles}: ExperimentContext, watched: boolean): Promise<Simulation> {
  const samples = [Math.sqrt(1 + noise), 0, Math.sqrt(1 - noise), 0];
  const common = {key: stream(`${watched ? "path" : "pairs"} ${process} ${substeps}`, 0).ensembleKey(), replicas, precision: "float64"} as const;
  const bound = {stepSize, upperStart: [upper], lowerStart: [lower]};
  if (process === "SGD") return ensembles.simulate(sgd, {...common, parameters: bound, tables: {samples: {rows: 2, values: Float64Array.from(samples)}}, steps, ...(watched ? {observe: (state) => state} : {})});
  return ensembles.simulate(diffusions[process], {...common, parameters: {...bound, samples, timeStep: stepSize / substeps}, steps: steps * substeps, ...(watched ? {observe: (state) => state} : {})});
}

/**
 * E4.2, drawn: two points x > 0 > y under one noise on its way, for SGD on two
 * samples of curvatures 1 ± s, and for its modified flow and modified equation
 * by the scheme of weak order 2. The equation's square root s|z| has a kink at
 * 0, which no point crosses.
 */
export async function coupledPaths(parameters: CoupledPointsParameters, context: ExperimentContext): Promise<readonly PairPosition[]> {
  const {stepSize, upper, lower} = parameters;
  const rows: PairPosition[] = [];
  for (const process of pairProcesses) {
    const substeps = process === "SGD" ? 1 : parameters.substeps;
    const {samples, sampleCount} = await simulatePairs(process, substeps, parameters, 1, context, true);
    rows.push({process, substeps, time: 0, upper, lower}, ...Array.from({length: sampleCount}, (_, i) => ({process, substeps, time: ((i + 1) * stepSize) / substeps, upper: samples.upper![i]!, lower: samples.lower![i]!})));
  }
  return rows;
}

/** The ends of many such pairs, each under a noise of its own; of the diffusions also with half as many steps. */
export async function coupledPairs(parameters: CoupledPointsParameters, context: ExperimentContext): Promise<readonly PairPosition[]> {
  const {stepSize, steps, replicas} = parameters;
  const runs = pairProcesses.flatMap((process) => (process === "SGD" ? [1] : [parameters.substeps, parameters.substeps / 2]).map((substeps) => ({process, substeps})));
  const rows: PairPosition[] = [];
  for (const [done, {process, substeps}] of runs.entries()) {
    const {state} = await simulatePairs(process, substeps, parameters, replicas, context, false);
    for (let i = 0; i < replicas; i++) rows.push({process, substeps, time: stepSize * steps, upper: state.upper![i]!, lower: state.lower![i]!});
    context.progress(done + 1, runs.length);
  }
  return rows;
}
