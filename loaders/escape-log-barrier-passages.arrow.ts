import {logBarrierEscape, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineTable, flag, integer, real} from "../src/pipeline/index.ts";

// E0.1: every simulated passage over the double well, in the clock t.
export default defineTable({
  title: "Passages of the log-loss equation from one minimum of a double well to the other",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "logBarrierEscape"},
  columns: {
    temperature: real("T = η h*/B"),
    lossRatio: real("c = L(saddle)/L(minimum)"),
    relativeTimeStep: real("Time step in τ times the curvature of log L at the minimum"),
    replica: integer("Replica of the cell"),
    time: real("Time t at the passage or at censoring", "8/h*"),
    crossed: flag("Whether the replica arrived before it was censored")
  },
  run: ({parameters, context}) => logBarrierEscape(parameters, context)
});
