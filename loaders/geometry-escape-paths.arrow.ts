import {escapePaths, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E1.4: a few runs of SGD and gradient descent until their losses have grown alike.
export default defineExperimentTable({
  title: "Single escapes in the plane of sharp and flat parts",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escape"},
  columns: {
    method: text("SGD or gradient descent"),
    run: integer("Run"),
    step: integer("Steps made"),
    sharp: real("√λ₁|w₁| over its value at the start"),
    flat: real("√Σ_{i>1} λ_i w_i² over its value at the start"),
    target: real("L over its first value at which paths end")
  },
  experiment: escapePaths
});
