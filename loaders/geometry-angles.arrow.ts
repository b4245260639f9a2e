import {angularAlignment, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";

// E1.2: g from the direction of the gradient to one across, for inputs of several kurtoses.
export default defineExperimentTable({
  title: "Directional alignment over the angle to the gradient",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "directions"},
  columns: {
    kurtosis: real("Fourth moment κ₄ of the inputs"),
    angle: real("Angle between direction and gradient", "degrees"),
    draws: integer("Draws of data"),
    alignment: real("Mean g"),
    standardError: real("Its standard error"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("g of infinitely many samples (exact, ours)")
  },
  experiment: angularAlignment
});
