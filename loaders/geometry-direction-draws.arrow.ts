import {directionalDraws, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";

// E1.2: the extreme generalised eigenvalues of (Σ, 2L G) in every draw of data.
export default defineExperimentTable({
  title: "Infimum and supremum of the directional alignment in single draws of data",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "directions"},
  columns: {
    samplesPerDimension: real("n/d"),
    samples: integer("n"),
    draw: integer("Draw"),
    least: real("inf g over the span of the data"),
    greatest: real("sup g over the same")
  },
  experiment: directionalDraws
});
