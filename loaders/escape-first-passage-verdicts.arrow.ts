import {passageVerdicts, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {PassageExponent, PassageSummary} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on first passage of SGD, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on first passage of SGD",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage", reads: ["stepSize", "batchSize", "dimensions"]},
  inputs: ["escape-first-passage", "escape-first-passage-evidence"],
  columns: verdictColumns,
  run: ({parameters, input}) => passageVerdicts(input<PassageSummary>("escape-first-passage"), input<PassageExponent>("escape-first-passage-evidence"), parameters)
});
