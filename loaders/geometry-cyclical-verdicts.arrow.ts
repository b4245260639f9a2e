import {cyclicalVerdicts} from "../src/papers/noise-geometry/index.ts";
import type {CyclicalOutcome} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on cyclical learning rates, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on cyclical learning rates",
  inputs: ["geometry-cyclical-outcomes"],
  columns: verdictColumns,
  run: ({input}) => cyclicalVerdicts(input<CyclicalOutcome>("geometry-cyclical-outcomes"))
});
