import {parameterSections, toyBlocks} from "../src/papers/parameter-averaging/index.ts";
import type {ToyRun} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// E3.1: means over blocks of runs, which averages and last iterates are compared by.
export default defineTable({
  title: "Squared distances and values of last iterates and averages, by blocks of runs",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys", reads: ["blocks"]},
  inputs: ["averaging-toy-runs"],
  columns: {
    objective: text("rippled bowl, asymmetric valley, two wells, parabola or plane"),
    stepSize: real("η"),
    block: integer("Block of runs"),
    lastSquare: real("Mean |w − v*|² of last iterates"),
    averageSquare: real("Mean |w̄ − v*|² of averages"),
    lastExcess: real("Mean F − F(v*) of last iterates"),
    averageExcess: real("Mean F − F(v*) of averages")
  },
  run: ({input, parameters}) => toyBlocks(input<ToyRun>("averaging-toy-runs"), parameters)
});
