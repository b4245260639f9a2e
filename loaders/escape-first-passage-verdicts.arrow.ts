import {passageVerdicts, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {LossPassage, PassageSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on first passage of SGD, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on first passage of SGD",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage"},
  inputs: ["escape-loss-passages", "escape-first-passage"],
  columns: verdictColumns,
  run: ({parameters, input, context}) => passageVerdicts(input<LossPassage>("escape-loss-passages"), input<PassageSummary>("escape-first-passage"), parameters, (purpose) => context.stream("verdicts", 0).generator(purpose))
});
