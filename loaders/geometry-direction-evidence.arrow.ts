import {directionRates, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";

// E1.2: how fast infimum and supremum come to their limits, by a bootstrap over draws.
export default defineExperimentTable({
  title: "Slopes of the distances of infimum and supremum from their limits over the samples",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "directions"},
  inputs: ["geometry-direction-draws"],
  columns: {
    end: text("least or greatest: inf g or sup g"),
    slope: real("Slope of log mean |limit − end| on log n"),
    standardError: real("Its standard error over resampled draws"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval")
  },
  experiment: directionRates
});
