import {growthCurves, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";

// E1.4: the exact growth rate of the mean loss as a curve.
export default defineExperimentTable({
  title: "Exact growth rate of the mean loss of SGD over step size and spectrum",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escapeThreshold"},
  columns: {
    spectrum: text("Spectrum of G: equal, two levels, digits or power"),
    scale: real("β = η‖G‖_F"),
    rate: real("Growth rate ρ of E L in one step (ours)")
  },
  experiment: growthCurves
});
