import {alignmentVerdicts, widthVerdicts} from "../src/papers/noise-geometry/index.ts";
import type {AlignmentSummary} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the average alignment, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on the average alignment",
  inputs: ["geometry-alignment", "geometry-networks"],
  columns: verdictColumns,
  run: ({input}) => {
    const networks = input<AlignmentSummary>("geometry-networks");
    return [...alignmentVerdicts(input<AlignmentSummary>("geometry-alignment"), networks), ...widthVerdicts(networks)];
  }
});
