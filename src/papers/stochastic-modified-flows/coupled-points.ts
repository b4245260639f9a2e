import {leastSquaresModel, sgdFlow, stochasticModifiedEquation, stochasticModifiedFlow, weakSecondOrder} from "../../dynamics/index.ts";
import type {Simulation} from "../../kernels/index.ts";
import type {CellContext, ReplicaRange} from "../experiment.ts";
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

/** One process with its numbers of steps; the scheme's are of the diffusions alone. */
export type PairCell = Pick<CoupledPointsParameters, "noise" | "stepSize" | "steps" | "upper" | "lower"> & Pick<PairPosition, "process" | "substeps">;

/** What sets a cell apart, and the name of its stream. */
export const pairName = (what: "path" | "pairs", {process, substeps}: PairCell): string => `${what} ${process} ${substeps}`;

/** A process with its most steps, or the diffusions with half of them too. */
export function pairCells({noise, stepSize, steps, upper, lower, substeps}: CoupledPointsParameters, halved: boolean): readonly PairCell[] {
  const countsOf = (process: PairProcess) => (process === "SGD" ? [1] : halved ? [substeps, substeps / 2] : [substeps]);
  return pairProcesses.flatMap((process) => countsOf(process).map((count) => ({process, substeps: count, noise, stepSize, steps, upper, lower})));
}

/** Two points on ½ z² (1 ± s), as a least-squares problem of two rows (√(1 ± s), 0), to the horizon or seen after every step. */
export function simulatePairs(what: "path" | "pairs", cell: PairCell, {stream, ensembles, progress}: CellContext, replicas: ReplicaRange): Promise<Simulation> {
  const {process, substeps, noise, stepSize, steps, upper, lower} = cell;
  const samples = [Math.sqrt(1 + noise), 0, Math.sqrt(1 - noise), 0];
  const common = {key: stream(pairName(what, cell), 0).ensembleKey(), replicas, precision: "float64"} as const;
  const bound = {stepSize, upperStart: [upper], lowerStart: [lower]};
  const watched = what === "path";
  if (process === "SGD") return ensembles.simulate(sgd, {...common, parameters: bound, tables: {samples: {rows: 2, values: Float64Array.from(samples)}}, steps, ...(watched ? {observe: (state) => state} : {})}, {progress});
  return ensembles.simulate(diffusions[process], {...common, parameters: {...bound, samples, timeStep: stepSize / substeps}, steps: steps * substeps, ...(watched ? {observe: (state) => state} : {})}, {progress});
}
