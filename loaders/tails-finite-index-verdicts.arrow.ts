import {finiteIndexVerdicts} from "../src/papers/heavy-tails/index.ts";
import type {FiniteDataSummary, FiniteTail} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on tail indices on finite data, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on the tail index on finite data",
  inputs: ["tails-finite-cells", "tails-finite-indices"],
  columns: verdictColumns,
  run: ({input}) => finiteIndexVerdicts(input<FiniteDataSummary>("tails-finite-cells"), input<FiniteTail>("tails-finite-indices"))
});
