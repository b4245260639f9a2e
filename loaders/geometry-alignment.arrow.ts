import {summarizeAlignments} from "../src/papers/noise-geometry/index.ts";
import type {AlignmentDrawRow} from "../src/papers/noise-geometry/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {alignmentColumns} from "./geometry-columns.ts";

// E1.1: μ of linear models over their draws.
export default defineTable({
  title: "Average alignment of linear models over samples, noisy labels, dimension and conditioning",
  inputs: ["geometry-alignment-draws"],
  columns: alignmentColumns,
  run: ({input}) => summarizeAlignments(input<AlignmentDrawRow>("geometry-alignment-draws"))
});
