import {parameterSections, summarizeEscape} from "../src/papers/noise-geometry/index.ts";
import type {EscapeBlock} from "../src/papers/noise-geometry/index.ts";
import {defineTable, integer, real} from "../src/pipeline/index.ts";

// E1.4: flat-to-sharp ratio and growth beside the exact recursion of second moments.
export default defineTable({
  title: "Flat-to-sharp ratio and mean loss of escaping SGD",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escape", reads: ["flatEigenvalue", "flatDirections", "scales", "sharpCounts", "steps", "start"]},
  inputs: ["geometry-escape-blocks"],
  columns: {
    scale: real("β = η‖G‖_F"),
    stepSize: real("η, with λ₁ = 1"),
    sharpCount: integer("k, directions that count as sharp"),
    step: integer("t, steps made"),
    runs: integer("Runs"),
    ratio: real("D_k(t): mean flat over mean sharp part"),
    logStandardError: real("Standard error of its logarithm, from the blocks"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("D_k(t) of the exact recursion for Gaussian inputs (ours)"),
    aligned: real("D_k(t) were the noise aligned, Σ = 2L G"),
    growth: real("E L(t) over L(0)"),
    growthLogError: real("Standard error of its logarithm"),
    exactGrowth: real("The same of the exact recursion (ours)")
  },
  run: ({input, parameters}) => summarizeEscape(input<EscapeBlock>("geometry-escape-blocks"), parameters)
});
