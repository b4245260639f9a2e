import {escapeBlocks, parameterSections} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";

// E1.4: parts of the mean loss of SGD by independent blocks of runs.
export default defineExperimentTable({
  title: "Sharp and flat parts of the mean loss of escaping SGD, by blocks of runs",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "escape"},
  columns: {
    scale: real("β = η‖G‖_F"),
    block: integer("Block of runs"),
    step: integer("t, steps made"),
    sharpCount: integer("k, directions that count as sharp"),
    runs: integer("Runs of the block"),
    sharp: real("Mean Σ_{i≤k} λ_i w_i²"),
    flat: real("Mean Σ_{i>k} λ_i w_i²")
  },
  experiment: escapeBlocks
});
