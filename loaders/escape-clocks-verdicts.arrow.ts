import {clockVerdicts, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {FittedClockExponent} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the random time change, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on the random time change",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "randomTimeChange", reads: ["temperature"]},
  inputs: ["escape-clocks-evidence"],
  columns: verdictColumns,
  run: ({parameters, input}) => clockVerdicts(input<FittedClockExponent>("escape-clocks-evidence"), parameters.temperature)
});
