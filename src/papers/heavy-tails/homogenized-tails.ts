import {homogenizedTailIndex} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {chainSteps} from "./chain-steps.ts";
import {homogenizedDistances} from "./distance-chains.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** How a cell's chains are run: as decided, with half of the time step, or stopped half-way. */
export type ChainVariant = "as fixed" | "half time step" | "half length";

/** One order statistic of ‖X − m‖ of one cell's chains. */
export interface CellTailPoint extends TailPoint {
  readonly cell: string;
  readonly variant: ChainVariant;
}

const tailShare = 0.05;
/** Of the checks only what lies above the thresholds of the verdicts is kept. */
const checkShare = 0.006;

/** Steps of SGD for which hSGD is run, as chainSteps. @throws RangeError where hSGD has no stationary law. */
export function homogenizedLength(sgd: HomogenizedSgd, relaxationTimes: number, chains: number): number {
  return chainSteps({index: homogenizedTailIndex(sgd), slowestRate: sgd.stepSize * (Math.min(...sgd.eigenvalues) + sgd.ridge), relaxationTimes, chains});
}

/** E2.1: ‖X − m‖ of independent chains of hSGD, with the checks of time step and length. */
export async function homogenizedTails({cells, chains, checkChains, relativeTimeStep, relaxationTimes}: HomogenizedTailsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly CellTailPoint[]> {
  const points: CellTailPoint[] = [];
  const runs = cells.flatMap((cell) => [1, 2].map((refinement) => ({cell, refinement})));
  for (const [i, {cell, refinement}] of runs.entries()) {
    const timeStep = relativeTimeStep / refinement / (cell.stepSize * Math.max(...cell.eigenvalues));
    const steps = Math.ceil(homogenizedLength(cell, relaxationTimes, chains) / timeStep);
    const {end, half} = await homogenizedDistances(cell, {chains: refinement === 1 ? chains : checkChains, steps, timeStep}, {
      ensembles,
      key: stream(`hSGD ${cell.name} refinement ${refinement}`, 0).ensembleKey(),
      progress: (done, total) => progress(i + done / total, runs.length)
    });
    const add = (variant: ChainVariant, values: Float32Array, share: number) => tailSample(values, share).forEach((point) => points.push({cell: cell.name, variant, ...point}));
    if (refinement === 1) {
      add("as fixed", end, tailShare);
      add("half length", half, checkShare);
    } else add("half time step", end, checkShare);
  }
  return points;
}
