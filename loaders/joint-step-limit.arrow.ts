import {parameterSections, stepLimit} from "../src/papers/one-noise-model/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// X3: exact tail indices of SGD and of both diffusions towards small steps.
export default defineExperimentTable({
  title: "Tail indices of SGD and of two diffusions over the step size",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "stepLimit"},
  columns: {
    dimension: integer("d, the number of weights"),
    stepSize: real("γ, in units of 1/h, one sample a step"),
    law: text("SGD, decoupled diffusion or exact-covariance diffusion"),
    index: realOrNull("Tail index α (ours), null where there is no stationary law"),
    scaled: realOrNull("α γh/B, which has a limit as γ → 0")
  },
  experiment: stepLimit
});
