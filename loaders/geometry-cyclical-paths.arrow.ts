import {cyclicalPaths, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E1.5: the first seed's runs along their way.
export default defineExperimentTable({
  title: "Step size, loss, trace and greatest eigenvalue of G along every schedule of the first seed",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "cyclicalRate"},
  columns: {
    schedule: text("Rule and schedule of its steps"),
    step: integer("Steps made"),
    relativeStep: real("η over the threshold at the start"),
    loss: real("L"),
    trace: real("tr G"),
    sharpness: real("λ₁(G)")
  },
  experiment: cyclicalPaths
});
