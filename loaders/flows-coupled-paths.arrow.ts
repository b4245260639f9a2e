import {coupledPaths, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {coupledColumns} from "./flows-coupled-columns.ts";

// E4.2, drawn: one pair of points on its way, under SGD and both diffusions.
export default defineExperimentTable({
  title: "Two points under one noise, on their way",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints"},
  columns: coupledColumns,
  experiment: coupledPaths
});
