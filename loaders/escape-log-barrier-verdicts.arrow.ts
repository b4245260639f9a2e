import {barrierVerdicts, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {BarrierPassage, BarrierSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on escape over a log-loss barrier, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on escape over a log-loss barrier",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "logBarrierEscape"},
  inputs: ["escape-log-barrier-passages", "escape-log-barrier"],
  columns: verdictColumns,
  run: ({input, context}) => barrierVerdicts(input<BarrierPassage>("escape-log-barrier-passages"), input<BarrierSummary>("escape-log-barrier"), (purpose) => context.stream("verdicts", 0).generator(purpose))
});
