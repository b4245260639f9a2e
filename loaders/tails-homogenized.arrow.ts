import {parameterSections, summarizeHomogenizedTails} from "../src/papers/heavy-tails/index.ts";
import type {CellTailPoint} from "../src/papers/heavy-tails/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";
import {countColumns, tailEstimateColumns} from "./tails-columns.ts";

// E2.1: tail indices of hSGD over thresholds, beside the exact index and its bounds.
export default defineTable({
  title: "Tail indices of hSGD over thresholds",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails", reads: ["cells", "chains", "checkChains"]},
  inputs: ["tails-homogenized-sample"],
  columns: {
    cell: text("Quadratic and step"),
    estimator: text("generalised Pareto, or Hill"),
    variant: text("as fixed, half time step, or half length"),
    dimension: integer("d"),
    stepSize: real("γ"),
    batchSize: integer("B"),
    ridge: real("δ"),
    ...tailEstimateColumns,
    exact: real("Exact tail index of hSGD (ours)"),
    lowerBound: real("η_*"),
    upperBound: real("η^*"),
    ...countColumns
  },
  run: ({parameters, input}) => summarizeHomogenizedTails(input<CellTailPoint>("tails-homogenized-sample"), parameters)
});
