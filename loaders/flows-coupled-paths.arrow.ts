import {coupledPaths, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.2, drawn: one pair of points on its way, under SGD and both diffusions.
export default defineTable({
  title: "Two points under one noise, on their way",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints"},
  columns: {
    process: text("SGD, modified flow or modified equation"),
    substeps: integer("Steps of the scheme in one of SGD; 1 for SGD"),
    time: real("t"),
    upper: real("The point that starts above 0"),
    lower: real("The point that starts below 0, under the same noise")
  },
  run: ({parameters, context}) => coupledPaths(parameters, context)
});
