import {parameterSections, toyDistances} from "../src/papers/parameter-averaging/index.ts";
import type {ToyBlock, ToyReference, ToyRun} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E3.1: measured beside exact, one row for each objective and step size.
export default defineTable({
  title: "Distances from the smoothed minimiser, bounds, values and selection",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys", reads: ["twoWells", "startWidth", "averagedSteps"]},
  inputs: ["averaging-toy-runs", "averaging-toy-blocks", "averaging-toy-references"],
  columns: {
    objective: text("rippled bowl, asymmetric valley, two wells, parabola or plane"),
    stepSize: real("η"),
    runs: integer("Runs"),
    last: real("Root mean square distance of last iterates from v*"),
    lastLow: real("Lower end of its 95 % interval"),
    lastHigh: real("Upper end of its 95 % interval"),
    average: real("Root mean square distance of averages from v*"),
    averageLow: real("Lower end of its 95 % interval"),
    averageHigh: real("Upper end of its 95 % interval"),
    exactLast: real("√E|w − v*|², exactly (ours)"),
    exactAverage: realOrNull("The average's distance, exactly (ours)"),
    exactBias: real("|E w − v*|, what is left of it for long averages (ours)"),
    mean: real("Mean of the averages, first weight"),
    meanError: real("Its standard error"),
    exactMean: realOrNull("Exactly (ours)"),
    variance: real("Variance of the averages, first weight"),
    varianceLogError: real("Standard error of its logarithm"),
    exactVariance: realOrNull("Exactly (ours)"),
    squaredDistance: real("Mean |v − v*|² of the runs"),
    squaredLow: real("Lower end of its 95 % interval"),
    squaredHigh: real("Upper end of its 95 % interval"),
    lowerBound: real("ηS²/(2ℓ)"),
    upperBound: realOrNull("ηS²/(2c); null where c is not above 0"),
    biasBound: real("M D∞/(2μ)"),
    worstExcess: real("Largest excess of a run's |v̄ − v*| over its bound, in units of S/(μ√T)"),
    lastExcess: real("Mean F − F(v*) of last iterates"),
    averageExcess: real("Mean F − F(v*) of averages"),
    lastSelected: integer("Last iterates in the basin to be selected"),
    averageSelected: integer("Averages there"),
    share: real("Share of averages there"),
    shareLow: real("Lower end of its 95 % interval"),
    shareHigh: real("Upper end of its 95 % interval")
  },
  run: ({input, parameters}) => toyDistances(input<ToyRun>("averaging-toy-runs"), input<ToyBlock>("averaging-toy-blocks"), input<ToyReference>("averaging-toy-references"), parameters)
});
