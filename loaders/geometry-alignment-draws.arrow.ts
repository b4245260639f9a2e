import {linearAlignment, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {alignmentDrawColumns} from "./geometry-columns.ts";

// E1.1: μ of linear models from their Gram matrices, beside the population's value and the bounds, draw by draw.
export default defineExperimentTable({
  title: "Average alignment of linear models in single draws of data and weights",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "linearAlignment"},
  columns: alignmentDrawColumns,
  experiment: linearAlignment
});
