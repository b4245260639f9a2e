import {defineExperiment} from "../experiment.ts";
import {tailReferences} from "./tail-references.ts";
import type {TailReferences} from "./tail-references.ts";
import {trendDesigns, trendStep} from "./tail-trend-designs.ts";
import type {TrendDesign} from "./tail-trend-designs.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** The exact indices of one design. */
export interface TrendReference extends TrendDesign, TailReferences {
  /** What the prediction is linear in: B/γ for step size and batch size, else the value. */
  readonly regressor: number;
}

/** E2.3: the designs with their exact indices; a cell is one design. */
export const trendReferences = /* @__PURE__ */ defineExperiment({
  cells: (parameters: TailTrendsParameters) => trendDesigns(parameters).map((design) => ({name: `${design.varied} ${design.value}`, reads: design})),

  run(design: TrendDesign): readonly TrendReference[] {
    const {varied, value, batchSize, stepSize} = design;
    const regressor = varied === "step size" || varied === "batch size" ? batchSize / stepSize : value;
    return [{...design, regressor, ...tailReferences(trendStep(design))}];
  }
});
