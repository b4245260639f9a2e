import {firstPassage, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, flag, integer, integerOrNull, real} from "../src/pipeline/index.ts";

// E0.3: the exact step at which each replica of SGD first reaches each level of the loss.
export default defineExperimentTable({
  title: "First passages of SGD from the minimum over levels of the loss",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage"},
  columns: {
    dimension: integer("d"),
    lossRatio: real("c = L/L*"),
    replica: integer("Replica of the dimension"),
    steps: integer("Step of the passage, or of censoring"),
    crossed: flag("Whether the level was reached"),
    divergedAt: integerOrNull("Step at which the replica diverged before that, null where it did not")
  },
  experiment: firstPassage
});
