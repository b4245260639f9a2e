import {parameterSections, toyLandscapes} from "../src/papers/parameter-averaging/index.ts";
import type {ToyDensity, ToyRun} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// E3.1: the objective, the smoothed one, and where runs end, over one weight.
export default defineTable({
  title: "Objective, smoothed objective and end points over one weight",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys", reads: ["startWidth"]},
  inputs: ["averaging-toy-runs", "averaging-toy-densities"],
  columns: {
    objective: text("rippled bowl, asymmetric valley or two wells"),
    stepSize: real("η"),
    position: real("w, middle of a bin"),
    value: real("f above its least value here"),
    smoothed: real("F above the same value"),
    last: real("Density of last iterates over the largest of the exact stationary law"),
    average: real("Density of averages over its largest value"),
    stationary: real("Exact stationary density over its largest value (ours)")
  },
  run: ({input, parameters}) => toyLandscapes(input<ToyRun>("averaging-toy-runs"), input<ToyDensity>("averaging-toy-densities"), parameters)
});
