import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {distancesOfBlocks} from "./distance-blocks.ts";
import type {ChainVariant, HomogenizedTailBlock} from "./homogenized-tail-chains.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** One order statistic of ‖X − m‖ of one cell's chains. */
export interface CellTailPoint extends TailPoint {
  readonly cell: string;
  readonly variant: ChainVariant;
}

/** The shares of the chains whose distances are all kept; of the checks, what lies above the thresholds of the verdicts. */
const keptShares: Readonly<Record<ChainVariant, number>> = {"as fixed": 0.05, "half length": 0.006, "half time step": 0.006};

interface CellVariant {
  readonly name: string;
  readonly variant: ChainVariant;
}

/** E2.1: order statistics of ‖X − m‖ over all blocks of chains of hSGD, {@link tailSample}. A cell is one quadratic in one variant. */
export const homogenizedTails = /* @__PURE__ */ defineExperiment({
  cells: ({cells}: HomogenizedTailsParameters) =>
    cells.flatMap(({name}) =>
      (["as fixed", "half length", "half time step"] as const).map((variant): Cell<CellVariant> => ({name: `${name}, ${variant}`, reads: {name, variant}, rows: [{cell: name, variant}]}))
    ),

  run: ({name, variant}: CellVariant, _context, [blocks]: readonly [readonly HomogenizedTailBlock[]]): readonly CellTailPoint[] =>
    tailSample(distancesOfBlocks(blocks), keptShares[variant]).map((point): CellTailPoint => ({cell: name, variant, ...point}))
});
