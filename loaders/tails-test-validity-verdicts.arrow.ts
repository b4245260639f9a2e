import {validityVerdicts} from "../src/papers/heavy-tails/index.ts";
import type {ValidityRow} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the level of Kolmogorov-Smirnov tests, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on the level of Kolmogorov-Smirnov tests",
  inputs: ["tails-test-validity"],
  columns: verdictColumns,
  run: ({input}) => validityVerdicts(input<ValidityRow>("tails-test-validity"))
});
