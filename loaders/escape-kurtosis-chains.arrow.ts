import {kurtosisControl, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, integerOrNull, real, realOrNull} from "../src/pipeline/index.ts";

// X2: chains of SGD on inputs that differ in their kurtosis only.
export default defineExperimentTable({
  title: "Positions of chains of one-dimensional SGD on inputs of different kurtosis",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "kurtosisControl"},
  columns: {
    kurtosis: real("κ = E x⁴ of the inputs, whose variance is 1"),
    stepSize: real("η"),
    chain: integer("Chain of the cell"),
    position: realOrNull("θ, where L = (1 + θ²)/2; null where the chain diverged"),
    divergedAt: integerOrNull("Step at which it diverged, null where it did not")
  },
  experiment: kurtosisControl
});
