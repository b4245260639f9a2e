import {escapeGrowth, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E1.4: growth of the mean loss on both sides of the exact threshold and at the paper's scale.
export default defineExperimentTable({
  title: "Growth of the mean loss of SGD over step size and spectrum",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escapeThreshold"},
  columns: {
    spectrum: text("Spectrum of G: equal, two levels, digits or power"),
    dimension: integer("d"),
    relativeStep: real("Step size over the exact threshold"),
    scale: real("β = η‖G‖_F"),
    stepSize: real("η, with λ₁ = 1"),
    runs: integer("Runs"),
    rate: real("Growth of E L in one step"),
    logStandardError: real("Standard error of its logarithm, from the blocks"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("Exact growth rate ρ (ours)"),
    thresholdScale: real("Exact threshold of η times ‖G‖_F, Gaussian inputs (ours)"),
    alignedThresholdScale: real("The same for aligned noise"),
    gradientDescentScale: real("2‖G‖_F/λ₁, the threshold of gradient descent")
  },
  experiment: escapeGrowth
});
