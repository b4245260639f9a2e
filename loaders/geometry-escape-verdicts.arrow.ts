import {escapeVerdicts, parameterSections, thresholdVerdicts} from "../src/papers/noise-geometry/index.ts";
import type {EscapeGrowth, EscapeSummary} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on escape, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on escape",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escape", reads: ["flatEigenvalue", "flatDirections", "scales", "sharpCounts", "start", "gradientDescentStep", "picturedGrowth"]},
  inputs: ["geometry-escape", "geometry-escape-growth"],
  columns: verdictColumns,
  run: ({input, parameters}) => [...escapeVerdicts(input<EscapeSummary>("geometry-escape"), parameters), ...thresholdVerdicts(input<EscapeGrowth>("geometry-escape-growth"))]
});
