import {barrierVerdicts} from "../src/papers/power-law-escape/index.ts";
import type {BarrierSlope, BarrierSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on escape over a log-loss barrier, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on escape over a log-loss barrier",
  inputs: ["escape-log-barrier", "escape-log-barrier-evidence"],
  columns: verdictColumns,
  run: ({input}) => barrierVerdicts(input<BarrierSummary>("escape-log-barrier"), input<BarrierSlope>("escape-log-barrier-evidence"))
});
