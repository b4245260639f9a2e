import {homogenizedTailIndex} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
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

/** One quadratic, and how its chains are run. */
interface HomogenizedChains extends HomogenizedSgd {
  readonly name: string;
  /** 1 as fixed, 2 for the check with half of the time step. */
  readonly refinement: number;
  /** Time step times γλ₁, of this refinement. */
  readonly relativeTimeStep: number;
  readonly chains: number;
  /** Draws whose tail is to be at stationarity; the check is as long as what it checks. */
  readonly settledDraws: number;
  readonly relaxationTimes: number;
}

/**
 * E2.1: ‖X − m‖ of independent chains of hSGD, with the checks of time step and length. A cell is one quadratic at one
 * time step; it has no replicas, since its rows are order statistics of all of its chains.
 */
export const homogenizedTails = /* @__PURE__ */ defineExperiment({
  cells: ({cells, chains, checkChains, relativeTimeStep, relaxationTimes}: HomogenizedTailsParameters) =>
    cells.flatMap((quadratic) =>
      [1, 2].map((refinement) => ({
        name: refinement === 1 ? quadratic.name : `${quadratic.name}, half time step`,
        reads: {...quadratic, refinement, relativeTimeStep: relativeTimeStep / refinement, chains: refinement === 1 ? chains : checkChains, settledDraws: chains, relaxationTimes}
      }))
    ),

  async run({name, refinement, relativeTimeStep, chains, settledDraws, relaxationTimes, ...sgd}: HomogenizedChains, {stream, ensembles, progress}): Promise<readonly CellTailPoint[]> {
    const timeStep = relativeTimeStep / (sgd.stepSize * Math.max(...sgd.eigenvalues));
    const steps = Math.ceil(homogenizedLength(sgd, relaxationTimes, settledDraws) / timeStep);
    const {end, half} = await homogenizedDistances(sgd, {chains, steps, timeStep}, {ensembles, key: stream(`hSGD ${name} refinement ${refinement}`, 0).ensembleKey(), progress});
    const points = (variant: ChainVariant, values: Float32Array, share: number) => tailSample(values, share).map((point): CellTailPoint => ({cell: name, variant, ...point}));
    return refinement === 1 ? [...points("as fixed", end, tailShare), ...points("half length", half, checkShare)] : points("half time step", end, checkShare);
  }
});
