import {parameterSections, passageCurves} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E0.3: the references as curves over the loss ratio.
export default defineExperimentTable({
  title: "References of the mean first-passage time over the loss ratio",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage"},
  columns: {
    dimension: integer("d"),
    law: text("paper's diffusion, exact-covariance diffusion (ours), or exact SGD (ours, one dimension)"),
    lossRatio: real("c = L/L*"),
    time: real("Mean time t = η k")
  },
  experiment: passageCurves
});
