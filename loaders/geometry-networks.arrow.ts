import {summarizeAlignments} from "../src/papers/noise-geometry/index.ts";
import type {AlignmentDrawRow} from "../src/papers/noise-geometry/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {alignmentColumns} from "./geometry-columns.ts";

// E1.1: μ of networks over their draws.
export default defineTable({
  title: "Average alignment of networks before training over width and depth",
  inputs: ["geometry-network-draws"],
  columns: alignmentColumns,
  run: ({input}) => summarizeAlignments(input<AlignmentDrawRow>("geometry-network-draws"))
});
