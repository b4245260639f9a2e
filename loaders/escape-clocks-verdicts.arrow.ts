import {clockVerdicts, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {ClockChain} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the random time change, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on the random time change",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "randomTimeChange"},
  inputs: ["escape-clock-chains"],
  columns: verdictColumns,
  run: ({parameters, input, context}) => clockVerdicts(input<ClockChain>("escape-clock-chains"), parameters.temperature, (purpose) => context.stream("verdicts", 0).generator(purpose))
});
