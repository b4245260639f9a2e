import {networkAlignment, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {alignmentColumns} from "./geometry-columns.ts";

// E1.1: μ of networks at their initial parameters, by layer-wise Gram products.
export default defineExperimentTable({
  title: "Average alignment of networks before training over width and depth",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "networkAlignment"},
  columns: alignmentColumns,
  experiment: networkAlignment
});
