import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {designName, finiteDataCell, finiteDataDesigns} from "./finite-data-cells.ts";
import type {FiniteDataDesign} from "./finite-data-cells.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {imageSetsOf} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";

/** One coordinate at the end of one chain of SGD. */
export interface FiniteDraw {
  readonly dataSet: DataSetName;
  readonly stepRatio: number;
  readonly chain: number;
  /** x₁ − E x₁, along the eigenvector of λ₁; null where the chain diverged. */
  readonly position: number | null;
}

type DrawnChains = Pick<FiniteDataParameters, "relaxationTimes"> & {readonly design: FiniteDataDesign};

/** E2.4: the coordinate along the top eigenvector of independent chains of SGD, one draw a chain; a cell is one data set at one step ratio, and a chain a replica. */
export const finiteDataDraws = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) =>
    finiteDataDesigns(parameters)
      .filter(({step}) => "ratio" in step)
      .map((design): Cell<DrawnChains> => ({name: designName(design), reads: {design, relaxationTimes: parameters.relaxationTimes}, replicas: 2 * parameters.draws, imageSets: imageSetsOf(design.source)})),

  async run({design, relaxationTimes}: DrawnChains, context): Promise<readonly FiniteDraw[]> {
    const cell = finiteDataCell(design, context);
    const {dataSet, stepRatio} = cell;
    const {stream, ensembles, progress, replicas} = context;
    const {whole, dimension} = await chainDeviations(cell, {process: "SGD", relaxationTimes}, {ensembles, key: stream(`draws of SGD, ${designName(design)}`, 0).ensembleKey(), replicas, progress});
    return Array.from({length: replicas.count}, (_, i): FiniteDraw => {
      const position = whole[i * dimension]!;
      return {dataSet, stepRatio, chain: replicas.first + i, position: Number.isFinite(position) ? position : null};
    });
  }
});
