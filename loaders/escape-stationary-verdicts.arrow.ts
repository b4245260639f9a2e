import {exponentVerdicts} from "../src/papers/power-law-escape/index.ts";
import type {ExponentSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the stationary exponent, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on the stationary exponent",
  inputs: ["escape-stationary-exponents"],
  columns: verdictColumns,
  run: ({input}) => exponentVerdicts(input<ExponentSummary>("escape-stationary-exponents"))
});
