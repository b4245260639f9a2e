import {weakErrorVerdicts} from "../src/papers/stochastic-modified-flows/index.ts";
import type {WeakError} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// E4.1, judged by the rules of src/papers/stochastic-modified-flows/claims.
export default defineTable({
  title: "Verdicts on orders of weak errors",
  inputs: ["flows-weak-errors"],
  columns: verdictColumns,
  run: ({input}) => weakErrorVerdicts(input<WeakError>("flows-weak-errors"))
});
