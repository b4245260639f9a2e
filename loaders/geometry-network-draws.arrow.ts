import {networkAlignment, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {alignmentDrawColumns} from "./geometry-columns.ts";

// E1.1: μ of networks at their initial parameters, by layer-wise Gram products, draw by draw.
export default defineExperimentTable({
  title: "Average alignment of networks before training in single draws of data and weights",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "networkAlignment"},
  columns: alignmentDrawColumns,
  experiment: networkAlignment
});
