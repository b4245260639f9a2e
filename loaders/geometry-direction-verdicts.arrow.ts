import {angularVerdicts, directionVerdicts, parameterSections} from "../src/papers/noise-geometry/index.ts";
import type {AngularAlignment, DirectionDraw, DirectionRate, DirectionSummary} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the directional alignment, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on the directional alignment",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "directions", reads: ["fitFrom"]},
  inputs: ["geometry-direction-draws", "geometry-directions", "geometry-direction-evidence", "geometry-angles"],
  columns: verdictColumns,
  run: ({input, parameters}) => [
    ...directionVerdicts(input<DirectionDraw>("geometry-direction-draws"), input<DirectionSummary>("geometry-directions"), input<DirectionRate>("geometry-direction-evidence"), parameters),
    ...angularVerdicts(input<AngularAlignment>("geometry-angles"))
  ]
});
