import {cyclicalRate, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, flag, integer, integerOrNull, real, realOrNull, text} from "../src/pipeline/index.ts";

// E1.5: where SGD and gradient descent with cyclical and constant steps end, from one minimum a seed.
export default defineExperimentTable({
  title: "Trace and greatest eigenvalue of G where each schedule of each seed ends",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "cyclicalRate"},
  columns: {
    seed: integer("Paired seed: data, teacher, first network and order of samples"),
    schedule: text("Rule and schedule of its steps"),
    threshold: real("Step size at which the start becomes unstable: Σ ηλ/(2 − ηλ) = 1 for SGD, 2/λ₁ for GD with its own cycles"),
    startTrace: real("tr G at the start"),
    startSharpness: real("λ₁(G) at the start"),
    flattestTrace: realOrNull("Least tr G of any network that fits the samples, 2 Σ H_jj |w*_j| (ours)"),
    loss: realOrNull("L at the end, null where the run diverged"),
    trace: realOrNull("tr G at the end"),
    sharpness: realOrNull("λ₁(G) at the end"),
    margin: realOrNull("Threshold at the end over the greatest step made"),
    reached: flag("Whether the run ended at the matched loss or below"),
    divergedAt: integerOrNull("Step at which it diverged, null where it did not")
  },
  experiment: cyclicalRate
});
