import {parameterSections, toyReferences} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E3.1: smoothed minimisers, constants of the bounds and moments of the exact stationary law.
export default defineExperimentTable({
  title: "Exact references of SGD with additive noise on objectives of one and two weights",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    objective: text("rippled bowl, asymmetric valley, two wells, parabola or plane"),
    stepSize: real("η"),
    minimiser: real("w*, lowest minimum of f, first weight"),
    smoothedMinimiser: real("v*, lowest minimum of F, first weight"),
    smoothedMinima: integer("Local minima of F"),
    basinLower: real("Lower end of the basin of v* in F"),
    basinUpper: real("Upper end of it"),
    leastConvexity: real("c: F is one-point convex about v* where it is above 0"),
    greatestConvexity: real("ℓ"),
    curvature: real("μ, least curvature of F at v*"),
    remainder: real("M, of the quadratic remainder of F's gradient"),
    supportLower: real("Lower end of the interval on which c, ℓ and M hold, first weight"),
    supportUpper: real("Upper end of it"),
    mean: real("E w, first weight"),
    distance: real("√E|w − v*|²"),
    squaredDistance: real("D∞ = E|v − v*|²"),
    meanSquareStep: real("S²"),
    bias: real("|E w − v*|"),
    identityDefect: real("|E F′(v)| over √E F′(v)²"),
    gridError: real("Error of mean and variance by halving the cells"),
    averageMean: realOrNull("Mean of an average of T iterates, first weight"),
    averageSquare: realOrNull("Mean squared distance of it from v*"),
    averageVariance: realOrNull("Variance of it, first weight"),
    fluctuation: realOrNull("That variance over σ²/(μ²T)"),
    quadraticFluctuation: real("The same by the formula for quadratic F"),
    excess: real("E F(w) − F(v*)")
  },
  experiment: toyReferences
});
