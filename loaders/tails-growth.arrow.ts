import {parameterSections, productGrowth} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";
import {countColumns} from "./tails-columns.ts";

// E2.2, negative control: the Lyapunov exponent of SGD.
export default defineExperimentTable({
  title: "Growth rate of products of SGD's factors",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  columns: {
    dimension: integer("d"),
    stepSize: real("γ"),
    stepRatio: real("γ/γ̃"),
    exact: real("Exact Lyapunov exponent per step (ours)"),
    measured: real("Mean logarithm of the growth per step"),
    standardError: real("Its standard error"),
    homogenized: real("hSGD's tail index at this step size"),
    ...countColumns
  },
  experiment: productGrowth
});
