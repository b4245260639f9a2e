import {leastSquaresModel, sgdFlow, stochasticModifiedEquation, stochasticModifiedFlow, weakSecondOrder} from "../../dynamics/index.ts";
import type {Simulation} from "../../kernels/index.ts";
import {defineExperiment} from "../experiment.ts";
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
type PairCell = Pick<CoupledPointsParameters, "noise" | "stepSize" | "steps" | "upper" | "lower"> & Pick<PairPosition, "process" | "substeps">;

const nameOf = (what: "path" | "pairs", {process, substeps}: PairCell): string => `${what} ${process} ${substeps}`;

/** A process with its most steps, or the diffusions with half of them too. */
function cellsOf({noise, stepSize, steps, upper, lower, substeps}: CoupledPointsParameters, halved: boolean): readonly PairCell[] {
  const countsOf = (process: PairProcess) => (process === "SGD" ? [1] : halved ? [substeps, substeps / 2] : [substeps]);
  return pairProcesses.flatMap((process) => countsOf(process).map((count) => ({process, substeps: count, noise, stepSize, steps, upper, lower})));
}

/** Two points on ½ z² (1 ± s), as a least-squares problem of two rows (√(1 ± s), 0), to the horizon or seen after every step. */
function simulatePairs(what: "path" | "pairs", cell: PairCell, {stream, ensembles, progress}: CellContext, replicas: ReplicaRange): Promise<Simulation> {
  const {process, substeps, noise, stepSize, steps, upper, lower} = cell;
  const samples = [Math.sqrt(1 + noise), 0, Math.sqrt(1 - noise), 0];
  const common = {key: stream(nameOf(what, cell), 0).ensembleKey(), replicas, precision: "float64"} as const;
  const bound = {stepSize, upperStart: [upper], lowerStart: [lower]};
  const watched = what === "path";
  if (process === "SGD") return ensembles.simulate(sgd, {...common, parameters: bound, tables: {samples: {rows: 2, values: Float64Array.from(samples)}}, steps, ...(watched ? {observe: (state) => state} : {})}, {progress});
  return ensembles.simulate(diffusions[process], {...common, parameters: {...bound, samples, timeStep: stepSize / substeps}, steps: steps * substeps, ...(watched ? {observe: (state) => state} : {})}, {progress});
}

/**
 * E4.2, drawn: two points x > 0 > y under one noise on its way, for SGD on two
 * samples of curvatures 1 ± s, and for its modified flow and modified equation
 * by the scheme of weak order 2. The equation's square root s|z| has a kink at
 * 0, which no point crosses.
 */
export const coupledPaths = defineExperiment({
  cells: (parameters: CoupledPointsParameters) => cellsOf(parameters, false).map((cell) => ({name: nameOf("path", cell), reads: cell})),

  async run(cell: PairCell, context): Promise<readonly PairPosition[]> {
    const {process, substeps, stepSize, upper, lower} = cell;
    const {samples, sampleCount} = await simulatePairs("path", cell, context, {first: 0, count: 1});
    return [{process, substeps, time: 0, upper, lower}, ...Array.from({length: sampleCount}, (_, i) => ({process, substeps, time: ((i + 1) * stepSize) / substeps, upper: samples.upper![i]!, lower: samples.lower![i]!}))];
  }
});

async function pairEnds(cell: PairCell, context: CellContext): Promise<readonly PairPosition[]> {
  const {process, substeps, stepSize, steps} = cell;
  const {state} = await simulatePairs("pairs", cell, context, context.replicas);
  return Array.from({length: context.replicas.count}, (_, i) => ({process, substeps, time: stepSize * steps, upper: state.upper![i]!, lower: state.lower![i]!}));
}

/** The ends of many such pairs, each under a noise of its own; of the diffusions also with half as many steps. */
export const coupledPairs = defineExperiment({
  cells: (parameters: CoupledPointsParameters) => cellsOf(parameters, true).map((cell) => ({name: nameOf("pairs", cell), reads: cell, replicas: parameters.replicas})),
  run: pairEnds
});

/** The first of these pairs with the most steps of each process, to be drawn. */
export const picturedPairs = defineExperiment({
  cells: (parameters: CoupledPointsParameters) => cellsOf(parameters, false).map((cell) => ({name: nameOf("pairs", cell), reads: cell, replicas: parameters.pictured})),
  run: pairEnds
});
