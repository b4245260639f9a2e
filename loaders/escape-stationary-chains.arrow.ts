import {parameterSections, stationaryExponent} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, integerOrNull, real, realOrNull} from "../src/pipeline/index.ts";

// E0.2: one position of each independent chain of SGD at stationarity.
export default defineExperimentTable({
  title: "Positions of independent chains of one-dimensional SGD at stationarity",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "stationaryExponent"},
  columns: {
    stepSize: real("η"),
    batchSize: integer("B"),
    chain: integer("Chain of the cell"),
    position: realOrNull("θ, where L = (1 + θ²)/2; null where the chain diverged"),
    divergedAt: integerOrNull("Step at which it diverged, null where it did not")
  },
  experiment: stationaryExponent
});
