import {angularVerdicts, directionVerdicts, parameterSections} from "../src/papers/noise-geometry/index.ts";
import type {AngularAlignment, DirectionDraw, DirectionSummary} from "../src/papers/noise-geometry/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on the directional alignment, judged by the rules of src/papers/noise-geometry/claims.
export default defineTable({
  title: "Verdicts on the directional alignment",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "directions"},
  inputs: ["geometry-direction-draws", "geometry-directions", "geometry-angles"],
  columns: verdictColumns,
  run: ({input, parameters, context}) => [
    ...directionVerdicts(input<DirectionDraw>("geometry-direction-draws"), input<DirectionSummary>("geometry-directions"), parameters, (purpose) => context.stream("verdicts", 0).generator(purpose)),
    ...angularVerdicts(input<AngularAlignment>("geometry-angles"))
  ]
});
