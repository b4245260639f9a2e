import {parameterSections, sideBySideMeasured} from "../src/papers/one-noise-model/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// SGD itself, and three of the dynamics, from two points under one noise.
export default defineExperimentTable({
  title: "Answers of SGD and of three dynamics by simulation, over the step size",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "sideBySide"},
  columns: {
    question: text("What is asked"),
    process: text("SGD, homogenized SGD, exact-covariance recursion or modified equation"),
    stepSize: real("η, in units of 1/h, one sample a step, Gaussian inputs"),
    estimate: real("The answer"),
    standardError: real("Its standard error"),
    ratio: real("(estimate − baseline) over that of SGD exactly"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    baseline: real("The gradient flow's value"),
    exact: realOrNull("The process's own exact value (ours), null where it has no closed form"),
    sgd: real("SGD's exact value (ours)"),
    used: integer("Replicas used"),
    total: integer("Replicas run")
  },
  experiment: sideBySideMeasured
});
