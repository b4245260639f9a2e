import {parameterSections, tailTrendChains} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";
import {distanceBlockColumns} from "./tails-columns.ts";

// E2.3: ‖X − m‖ of independent chains of SGD and hSGD block by block as one parameter varies.
export default defineExperimentTable({
  title: "Distances of independent chains of SGD and hSGD as one parameter varies, in blocks",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "tailTrends"},
  columns: {varied: text("step size, batch size, ridge, or dimension"), value: real("Its value"), process: text("SGD or hSGD"), ...distanceBlockColumns("50,000", "‖X − m‖", "float32")},
  experiment: tailTrendChains
});
