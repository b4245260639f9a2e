import {parameterSections, trendVerdicts} from "../src/papers/heavy-tails/index.ts";
import type {TailTrendRow} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the tail index as one parameter varies, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on the tail index as one parameter varies",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "tailTrends", reads: ["base", "ridges"]},
  inputs: ["tails-trends"],
  columns: verdictColumns,
  run: ({parameters, input}) => trendVerdicts(input<TailTrendRow>("tails-trends"), parameters)
});
