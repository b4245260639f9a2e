import {trainingCertificate, trainingVerdicts} from "../src/papers/noise-geometry/index.ts";
import type {TrainingAlignmentRow, TrainingName} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

const judged = ["dense", "convolution", "classes"] as const satisfies readonly TrainingName[];
const tableOf = (name: TrainingName) => `geometry-training-${name}`;

// The claims on alignment along training, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on alignment along training",
  inputs: [...judged, "wide" as const].map(tableOf),
  columns: verdictColumns,
  run: ({input}) => {
    const rows = (name: TrainingName) => input<TrainingAlignmentRow>(tableOf(name));
    return [trainingCertificate([...judged, "wide" as const].map(rows)), ...judged.flatMap((name) => trainingVerdicts(name, rows(name)))];
  }
});
