import {lawVerdicts} from "../src/papers/heavy-tails/index.ts";
import type {LawFit} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on Student's and stable laws, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on laws fitted to one coordinate of SGD",
  inputs: ["tails-finite-laws"],
  columns: verdictColumns,
  run: ({input}) => lawVerdicts(input<LawFit>("tails-finite-laws"))
});
