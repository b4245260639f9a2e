import {parameterSections, planeEnds} from "../src/papers/parameter-averaging/index.ts";
import type {ToyRun} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// E3.1: end points of runs in the plane.
export default defineTable({
  title: "End points of SGD and of its averages on the objective of two weights",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys", reads: ["plane"]},
  inputs: ["averaging-toy-runs"],
  columns: {
    stepSize: real("η"),
    kind: text("last iterate or average"),
    run: integer("Run"),
    first: real("w₁"),
    second: real("w₂")
  },
  run: ({input, parameters}) => planeEnds(input<ToyRun>("averaging-toy-runs"), parameters)
});
