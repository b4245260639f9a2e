import {parameterSections, sideBySidePaths} from "../src/papers/one-noise-model/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";

// The mean loss of all dynamics along time.
export default defineExperimentTable({
  title: "Mean loss along time, of SGD measured and exactly, and of what five papers put in its place",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "sideBySide"},
  columns: {
    model: text("SGD, SGD measured, gradient flow or what stands in for SGD"),
    stepSize: real("η, in units of 1/h"),
    time: real("t = kη"),
    meanLoss: real("E (1 + w²)/2"),
    low: real("Lower end of its 95 % interval; the value itself where exact"),
    high: real("Upper end of its 95 % interval")
  },
  experiment: sideBySidePaths
});
