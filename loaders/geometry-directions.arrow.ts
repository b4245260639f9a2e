import {summarizeDirections} from "../src/papers/noise-geometry/index.ts";
import type {DirectionDraw} from "../src/papers/noise-geometry/index.ts";
import {defineTable, integer, real} from "../src/pipeline/index.ts";

// E1.2: means over draws, beside the exact infimum in many dimensions.
export default defineTable({
  title: "Range of the directional alignment over samples per dimension",
  inputs: ["geometry-direction-draws"],
  columns: {
    samplesPerDimension: real("n/d"),
    samples: integer("n"),
    draws: integer("Draws of data"),
    least: real("Mean inf g"),
    leastLow: real("Lower end of its 95 % interval"),
    leastHigh: real("Upper end of its 95 % interval"),
    greatest: real("Mean sup g"),
    greatestLow: real("Lower end of its 95 % interval"),
    greatestHigh: real("Upper end of its 95 % interval"),
    leastLimit: real("inf g for d → ∞ at this n/d (exact, ours)")
  },
  run: ({input}) => summarizeDirections(input<DirectionDraw>("geometry-direction-draws"))
});
