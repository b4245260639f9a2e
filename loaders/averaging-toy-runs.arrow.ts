import {parameterSections, toyRuns} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E3.1: where runs of noisy gradient descent, and their averages, end.
export default defineExperimentTable({
  title: "Last iterates and averages of SGD on objectives with exact references",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    objective: text("rippled bowl, asymmetric valley, two wells, parabola or plane"),
    stepSize: real("η"),
    run: integer("Run"),
    last: real("Last iterate, first weight"),
    average: real("Average of the last T iterates, first weight"),
    lastSecond: realOrNull("Last iterate, second weight"),
    averageSecond: realOrNull("Average, second weight"),
    lastDistance: real("|w − v*| of the last iterate"),
    averageDistance: real("|w̄ − v*| of the average"),
    aheadDistance: real("|v̄ − v*| of the average of v = w − η∇f(w)"),
    squaredDistance: real("Mean |v − v*|² along the run"),
    lastExcess: real("F − F(v*) of the last iterate"),
    averageExcess: real("F − F(v*) of the average")
  },
  experiment: toyRuns
});
