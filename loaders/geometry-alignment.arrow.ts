import {linearAlignment, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {alignmentColumns} from "./geometry-columns.ts";

// E1.1: μ of linear models from their Gram matrices, beside the population's value and the bounds.
export default defineExperimentTable({
  title: "Average alignment of linear models over samples, noisy labels, dimension and conditioning",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "linearAlignment"},
  columns: alignmentColumns,
  experiment: linearAlignment
});
