import {coupledPairs, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {coupledColumns} from "./flows-coupled-columns.ts";

// E4.2, drawn: the ends of many pairs.
export default defineExperimentTable({
  title: "Two points under one noise, at the horizon",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints"},
  columns: coupledColumns,
  experiment: coupledPairs
});
