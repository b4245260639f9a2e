import {parameterSections, planeContours} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";

// E3.1: level lines of the objective of two weights and of its smoothings.
export default defineExperimentTable({
  title: "Level lines of the objective of two weights",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    stepSize: real("η of the smoothing; 0 for the objective itself"),
    level: real("Height above the least value"),
    order: integer("Place along the line"),
    first: real("w₁"),
    second: real("w₂")
  },
  experiment: planeContours
});
