import {parameterSections, picturedPairs} from "../src/papers/stochastic-modified-flows/index.ts";
import type {PairPosition} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// The first of all pairs, to be drawn.
export default defineTable({
  title: "Some pairs of points at the horizon",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints"},
  inputs: ["flows-coupled-pairs"],
  columns: {
    process: text("SGD, modified flow or modified equation"),
    substeps: integer("Steps of the scheme in one of SGD; 1 for SGD"),
    time: real("t"),
    upper: real("The point that starts above 0"),
    lower: real("The point that starts below 0, under the same noise")
  },
  run: ({parameters, input}) => picturedPairs(input<PairPosition>("flows-coupled-pairs"), parameters)
});
