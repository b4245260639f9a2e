import type {HomogenizedSgd} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {blockChains, chainsOf} from "./chain-blocks.ts";
import {distanceBlocks} from "./distance-blocks.ts";
import type {DistanceBlock} from "./distance-blocks.ts";
import {homogenizedDistances} from "./distance-chains.ts";
import {homogenizedLength} from "./homogenized-length.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";

/** How a cell's chains are run: as decided, with half of the time step, or stopped half-way. */
export type ChainVariant = "as fixed" | "half time step" | "half length";

/** ‖X − m‖ of one block of one cell's chains. */
export interface HomogenizedTailBlock extends DistanceBlock {
  readonly cell: string;
  readonly variant: ChainVariant;
}

/** One quadratic, and how its chains are run. */
interface HomogenizedChains extends HomogenizedSgd {
  readonly name: string;
  /** 1 as fixed, 2 for the check with half of the time step. */
  readonly refinement: number;
  /** Time step times γλ₁, of this refinement. */
  readonly relativeTimeStep: number;
  /** Draws whose tail is to be at stationarity; the check is as long as what it checks. */
  readonly settledDraws: number;
  readonly relaxationTimes: number;
}

/**
 * E2.1: ‖X − m‖ of independent chains of hSGD, with the checks of time step and length. A cell is one quadratic at one
 * time step, a replica of it a block of chains.
 */
export const homogenizedTailChains = /* @__PURE__ */ defineExperiment({
  cells: ({cells, chains, checkChains, settledDraws, relativeTimeStep, relaxationTimes}: HomogenizedTailsParameters) =>
    cells.flatMap((quadratic) =>
      [1, 2].map((refinement): Cell<HomogenizedChains> => ({
        name: refinement === 1 ? quadratic.name : `${quadratic.name}, half time step`,
        reads: {...quadratic, refinement, relativeTimeStep: relativeTimeStep / refinement, settledDraws, relaxationTimes},
        replicas: (refinement === 1 ? chains : checkChains) / blockChains
      }))
    ),

  async run({name, refinement, relativeTimeStep, settledDraws, relaxationTimes, ...sgd}: HomogenizedChains, {stream, ensembles, progress, replicas}): Promise<readonly HomogenizedTailBlock[]> {
    const timeStep = relativeTimeStep / (sgd.stepSize * Math.max(...sgd.eigenvalues));
    const steps = Math.ceil(homogenizedLength(sgd, relaxationTimes, settledDraws) / timeStep);
    const {end, half} = await homogenizedDistances(sgd, {chains: chainsOf(replicas, blockChains), steps, timeStep}, {ensembles, key: stream(`hSGD ${name} refinement ${refinement}`, 0).ensembleKey(), progress});
    const ends = distanceBlocks(end, replicas, blockChains);
    if (refinement !== 1) return ends.map((block) => ({cell: name, variant: "half time step", ...block}));
    const halves = distanceBlocks(half, replicas, blockChains);
    return ends.flatMap((block, i): readonly HomogenizedTailBlock[] => [
      {cell: name, variant: "as fixed", ...block},
      {cell: name, variant: "half length", ...halves[i]!}
    ]);
  }
});
