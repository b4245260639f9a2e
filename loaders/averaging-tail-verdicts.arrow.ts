import {tailVerdicts} from "../src/papers/parameter-averaging/index.ts";
import type {TailAverageRow} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on where the risk of an average comes from, judged by the rules of src/papers/parameter-averaging/claims.
export default defineTable({
  title: "Verdicts on tail averages of linear regression",
  inputs: ["averaging-tail-risks"],
  columns: verdictColumns,
  run: ({input}) => tailVerdicts(input<TailAverageRow>("averaging-tail-risks"))
});
