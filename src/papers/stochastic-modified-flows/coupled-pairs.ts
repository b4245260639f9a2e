import {defineExperiment} from "../experiment.ts";
import type {CellContext} from "../experiment.ts";
import {pairCells, pairName, simulatePairs} from "./coupled-points.ts";
import type {PairCell, PairPosition} from "./coupled-points.ts";
import type {CoupledPointsParameters} from "./counter-example-parameters.ts";

async function pairEnds(cell: PairCell, context: CellContext): Promise<readonly PairPosition[]> {
  const {process, substeps, stepSize, steps} = cell;
  const {state} = await simulatePairs("pairs", cell, context, context.replicas);
  return Array.from({length: context.replicas.count}, (_, i) => ({process, substeps, time: stepSize * steps, upper: state.upper![i]!, lower: state.lower![i]!}));
}

/** The ends of many such pairs, each under a noise of its own; of the diffusions also with half as many steps. */
export const coupledPairs = /* @__PURE__ */ defineExperiment({
  cells: (parameters: CoupledPointsParameters) => pairCells(parameters, true).map((cell) => ({name: pairName("pairs", cell), reads: cell, replicas: parameters.replicas})),
  run: pairEnds
});

/** The first of these pairs with the most steps of each process, to be drawn. */
export const picturedPairs = /* @__PURE__ */ defineExperiment({
  cells: (parameters: CoupledPointsParameters) => pairCells(parameters, false).map((cell) => ({name: pairName("pairs", cell), reads: cell, replicas: parameters.pictured})),
  run: pairEnds
});
