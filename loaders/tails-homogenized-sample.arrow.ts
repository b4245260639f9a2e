import {homogenizedTails, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, text} from "../src/pipeline/index.ts";
import {tailPointColumns} from "./tails-columns.ts";

// E2.1: the tails of ‖X − m‖ over independent chains of hSGD, with checks of time step and length.
export default defineExperimentTable({
  title: "Largest distances of independent chains of hSGD",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails"},
  inputs: ["tails-homogenized-chains"],
  columns: {cell: text("Quadratic and step"), variant: text("as fixed, half time step, or half length"), ...tailPointColumns},
  experiment: homogenizedTails
});
