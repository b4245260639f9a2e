import {logBarrierEscape, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, flag, integer, integerOrNull, real, realOrNull} from "../src/pipeline/index.ts";

// E0.1: every simulated passage over the double well, in the clock t.
export default defineExperimentTable({
  title: "Passages of the log-loss equation from one minimum of a double well to the other",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "logBarrierEscape"},
  columns: {
    temperature: real("T = η h*/B"),
    lossRatio: real("c = L(saddle)/L(minimum)"),
    relativeTimeStep: real("Time step in τ times the curvature of log L at the minimum"),
    replica: integer("Replica of the cell"),
    time: realOrNull("Time t at the passage or at censoring, null where the replica diverged", "8/h*"),
    crossed: flag("Whether the replica arrived before it was censored"),
    divergedAt: integerOrNull("Step at which it diverged, null where it did not")
  },
  experiment: logBarrierEscape
});
