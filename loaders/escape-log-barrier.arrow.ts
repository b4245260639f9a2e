import {summarizeBarriers} from "../src/papers/power-law-escape/index.ts";
import type {BarrierPassage} from "../src/papers/power-law-escape/index.ts";
import {defineTable, flag, integer, real, realOrNull} from "../src/pipeline/index.ts";
import {divergenceColumns} from "./escape-columns.ts";

// E0.1: mean escape times by censored likelihood, beside the exact double
// integral, the paper's formula and Arrhenius' law.
export default defineTable({
  title: "Mean escape times over a log-loss barrier",
  inputs: ["escape-log-barrier-passages"],
  columns: {
    temperature: real("T = η h*/B"),
    lossRatio: real("c = L(saddle)/L(minimum)"),
    relativeTimeStep: real("Time step in τ times the curvature of log L at the minimum"),
    halved: flag("Whether this cell is the check with half the time step"),
    measured: realOrNull("Mean time, censored replicas by likelihood", "8/h*"),
    low: realOrNull("Lower end of its 95 % interval", "8/h*"),
    high: realOrNull("Upper end of its 95 % interval", "8/h*"),
    crossed: integer("Replicas that arrived"),
    replicas: integer("Replicas run"),
    ...divergenceColumns,
    exact: real("Exact mean first-passage time (double integral, ours)", "8/h*"),
    predicted: real("The paper's formula, 1/κ", "8/h*"),
    arrhenius: real("Arrhenius' law with the noise frozen at the minimum", "8/h*")
  },
  run: ({input}) => summarizeBarriers(input<BarrierPassage>("escape-log-barrier-passages"))
});
