import {kurtosisVerdicts} from "../src/papers/power-law-escape/index.ts";
import type {KurtosisSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the kurtosis of the inputs, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on the kurtosis of the inputs",
  inputs: ["escape-kurtosis"],
  columns: verdictColumns,
  run: ({input}) => kurtosisVerdicts(input<KurtosisSummary>("escape-kurtosis"))
});
