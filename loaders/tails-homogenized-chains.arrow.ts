import {homogenizedTailChains, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, text} from "../src/pipeline/index.ts";
import {distanceBlockColumns} from "./tails-columns.ts";

// E2.1: ‖X − m‖ of independent chains of hSGD block by block, with checks of time step and length.
export default defineExperimentTable({
  title: "Distances of independent chains of hSGD, in blocks",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails"},
  columns: {cell: text("Quadratic and step"), variant: text("as fixed, half time step, or half length"), ...distanceBlockColumns("50,000", "‖X − m‖", "float32")},
  experiment: homogenizedTailChains
});
