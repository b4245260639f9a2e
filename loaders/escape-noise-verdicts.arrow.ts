import {noiseVerdicts} from "../src/papers/power-law-escape/index.ts";
import type {TrainingRow} from "../src/papers/power-law-escape/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on gradient noise along training, judged by the rules of src/papers/power-law-escape/claims.
export default defineTable({
  title: "Verdicts on gradient noise along training",
  inputs: ["escape-training-images", "escape-training-teacher"],
  columns: verdictColumns,
  run: ({input}) => ["escape-training-images", "escape-training-teacher"].flatMap((table) => noiseVerdicts(input<TrainingRow>(table)))
});
