import {defineExperiment} from "../experiment.ts";
import {sgdDistances} from "./distance-chains.ts";
import {chainsOn, designStep, streamingDesigns} from "./streaming-designs.ts";
import type {StreamingDesign} from "./streaming-designs.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";
import {kestenReference} from "./tail-references.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** One order statistic of ‖θ − θ*‖ of one cell's chains, at their end or half-way. */
export interface StreamingTailPoint extends TailPoint {
  readonly cell: string;
  readonly halfway: boolean;
}

const tailShare = 0.05;
const checkShare = 0.006;

/**
 * E2.2: ‖θ − θ*‖ of independent chains of SGD. A cell is one design, without rows where it is not simulated; it has no
 * replicas, since its rows are order statistics of all of its chains, whose number and length follow from the work allowed.
 */
export const streamingTails = /* @__PURE__ */ defineExperiment({
  cells: (parameters: StreamingTailsParameters) => streamingDesigns(parameters).map((design) => ({name: design.cell, reads: design})),

  async run(design: StreamingDesign, {stream, ensembles, progress}): Promise<readonly StreamingTailPoint[]> {
    const {cell} = design;
    const sgd = designStep(design);
    const {steps, chains} = chainsOn(design, () => kestenReference(sgd));
    if (steps === null || chains === null) return [];
    const {end, half} = await sgdDistances(sgd, {chains, steps}, {ensembles, key: stream(`SGD ${cell}`, 0).ensembleKey(), progress});
    const points = (halfway: boolean, values: Float32Array, share: number) => tailSample(values.filter(Number.isFinite), share).map((point): StreamingTailPoint => ({cell, halfway, ...point}));
    return [...points(false, end, tailShare), ...points(true, half, checkShare)];
  }
});
