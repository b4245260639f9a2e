import {parameterSections, passageReferences} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E0.3: exact mean first-passage times of SGD's chain in one dimension, and of both diffusions.
export default defineExperimentTable({
  title: "Exact mean first-passage times at the levels measured",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage"},
  columns: {
    dimension: integer("d"),
    law: text("paper's diffusion, exact-covariance diffusion (ours), or exact SGD (ours, one dimension)"),
    lossRatio: real("c = L/L*"),
    time: real("Mean time t = η k"),
    gridError: realOrNull("Relative change of the time from half as many cells, null for diffusions")
  },
  experiment: passageReferences
});
