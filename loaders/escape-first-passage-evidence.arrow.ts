import {parameterSections, passageExponents} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, realOrNull, text} from "../src/pipeline/index.ts";
import {bootstrapColumns} from "./escape-columns.ts";

// E0.3: what the verdicts on first passage rest on, with intervals by bootstrap over replicas.
export default defineExperimentTable({
  title: "Exponents of the mean first-passage time by dimension, and its agreement with the exact chain",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage"},
  inputs: ["escape-loss-passages", "escape-first-passage"],
  columns: {
    quantity: text("slope of log time on log c, slope less that in fewest dimensions, or log ratio to the exact chain pooled over levels"),
    dimension: integer("d, of a difference the larger one"),
    estimate: realOrNull("Its value, null where too few levels were reached"),
    ...bootstrapColumns
  },
  experiment: passageExponents
});
