import {barrierSlopes, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, real, realOrNull} from "../src/pipeline/index.ts";
import {bootstrapColumns} from "./escape-columns.ts";

// E0.1: the slopes that the verdicts rest on, with intervals by bootstrap over replicas.
export default defineExperimentTable({
  title: "Slopes of log mean escape time on log loss ratio",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "logBarrierEscape"},
  inputs: ["escape-log-barrier-passages"],
  columns: {
    temperature: real("T = η h*/B"),
    barriers: integer("Barriers with passages"),
    lowestRatio: realOrNull("Lowest loss ratio c of them"),
    highestRatio: realOrNull("Highest loss ratio c of them"),
    slope: realOrNull("d log t / d log c over the barriers, null for fewer than 4 of them"),
    ...bootstrapColumns
  },
  experiment: barrierSlopes
});
