import {defineExperiment} from "../experiment.ts";
import {chainsOn, designStep, streamingDesigns} from "./streaming-designs.ts";
import type {StreamingChains, StreamingDesign} from "./streaming-designs.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";
import {tailReferences} from "./tail-references.ts";
import type {TailReferences} from "./tail-references.ts";

/** SGD on one streaming Gaussian design, with its references and its part in the simulation. */
export interface StreamingCell extends TailReferences, StreamingChains {
  readonly cell: string;
  /** Whether all eigenvalues are 1. */
  readonly isotropic: boolean;
  readonly dimension: number;
  readonly batchSize: number;
  /** γ/γ̃. */
  readonly stepRatio: number;
  readonly stepSize: number;
}

/** E2.2: the designs with hSGD's band and the exact indices, and how long SGD is to be run on each; a cell is one design. */
export const streamingCells = /* @__PURE__ */ defineExperiment({
  cells: (parameters: StreamingTailsParameters) => streamingDesigns(parameters).map((design) => ({name: design.cell, reads: design})),

  run(design: StreamingDesign): readonly StreamingCell[] {
    const {cell, isotropic, eigenvalues, batchSize, stepRatio} = design;
    const sgd = designStep(design);
    const references = tailReferences(sgd);
    return [{cell, isotropic, dimension: eigenvalues.length, batchSize, stepRatio, stepSize: sgd.stepSize, ...references, ...chainsOn(design, () => references)}];
  }
});
