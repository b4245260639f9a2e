import {parameterSections, picturedPairs} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {coupledColumns} from "./flows-coupled-columns.ts";

// The first of all pairs, to be drawn.
export default defineExperimentTable({
  title: "Some pairs of points at the horizon",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints"},
  columns: coupledColumns,
  experiment: picturedPairs
});
