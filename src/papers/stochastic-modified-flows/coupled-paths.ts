import {defineExperiment} from "../experiment.ts";
import {pairCells, pairName, simulatePairs} from "./coupled-points.ts";
import type {PairCell, PairPosition} from "./coupled-points.ts";
import type {CoupledPointsParameters} from "./counter-example-parameters.ts";

/**
 * E4.2, drawn: two points x > 0 > y under one noise on its way, for SGD on two
 * samples of curvatures 1 ± s, and for its modified flow and modified equation
 * by the scheme of weak order 2. The equation's square root s|z| has a kink at
 * 0, which no point crosses.
 */
export const coupledPaths = /* @__PURE__ */ defineExperiment({
  cells: (parameters: CoupledPointsParameters) => pairCells(parameters, false).map((cell) => ({name: pairName("path", cell), reads: cell})),

  async run(cell: PairCell, context): Promise<readonly PairPosition[]> {
    const {process, substeps, stepSize, upper, lower} = cell;
    const {samples, sampleCount} = await simulatePairs("path", cell, context, {first: 0, count: 1});
    return [{process, substeps, time: 0, upper, lower}, ...Array.from({length: sampleCount}, (_, i) => ({process, substeps, time: ((i + 1) * stepSize) / substeps, upper: samples.upper![i]!, lower: samples.lower![i]!}))];
  }
});
