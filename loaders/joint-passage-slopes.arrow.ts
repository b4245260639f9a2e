import {parameterSections, passageSlopes} from "../src/papers/one-noise-model/index.ts";
import {defineTable, integer, real} from "../src/pipeline/index.ts";

// X1: the exact first passages of the equation that two papers write, at large levels.
export default defineTable({
  title: "Local exponents of the mean first-passage time, beside half the tail index",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "passageSlopes"},
  columns: {
    dimension: integer("n, the number of weights"),
    lossRatio: real("c = L/L*"),
    slope: real("d log t_p / d log c of the exact mean first-passage time"),
    halfTailIndex: real("α/2 = (2 − n + 2B/(γh))/2; no stationary law at or below 0")
  },
  run: ({parameters}) => passageSlopes(parameters)
});
