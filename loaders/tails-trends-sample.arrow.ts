import {parameterSections, tailTrends} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";
import {tailPointColumns} from "./tails-columns.ts";

// E2.3: the tails of ‖X − m‖ of SGD and hSGD as one parameter varies.
export default defineExperimentTable({
  title: "Largest distances of SGD and hSGD as one parameter varies",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "tailTrends"},
  inputs: ["tails-trends-chains"],
  columns: {varied: text("step size, batch size, ridge, or dimension"), value: real("Its value"), process: text("SGD or hSGD"), ...tailPointColumns},
  experiment: tailTrends
});
