import {parameterSections, sideBySide} from "../src/papers/one-noise-model/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// The five papers' dynamics on one problem: exact answers to seven questions.
export default defineTable({
  title: "Exact answers of SGD and of what five papers put in its place, over the step size",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "sideBySide", reads: ["steps", "controlKurtoses", "horizon", "start", "oppositeStart", "averagingHorizon"]},
  columns: {
    question: text("What is asked: mean loss, variance, two points, third cumulant, stationary variance, average or tail index"),
    model: text("SGD or what stands in for it"),
    kurtosis: real("Fourth moment κ of the inputs"),
    stepSize: real("η, in units of 1/h, one sample a step"),
    value: real("The answer (ours)"),
    sgd: real("SGD's answer (ours)"),
    baseline: real("The gradient flow's value, which is left as η → 0"),
    ratio: real("(value − baseline) over that of SGD"),
    error: real("|value − SGD's|")
  },
  run: ({parameters}) => sideBySide(parameters)
});
