import {parameterSections, toyDensities} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";

// E3.1: the objective, the smoothed one, and the exact law of SGD, over one weight.
export default defineExperimentTable({
  title: "Objective, smoothed objective and exact stationary density over one weight",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    objective: text("rippled bowl, asymmetric valley or two wells"),
    stepSize: real("η"),
    position: real("w, middle of a bin"),
    value: real("f above its least value here"),
    smoothed: real("F above the same value"),
    stationary: real("Exact stationary density over its largest value (ours)"),
    largest: real("That largest value, per unit of w")
  },
  experiment: toyDensities
});
