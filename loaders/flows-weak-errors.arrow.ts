import {parameterSections, weakErrors} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E4.1: exact weak errors on the circle, for all starting points at once.
export default defineExperimentTable({
  title: "Weak errors of one-, two- and three-point statistics over the step size",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "weakErrors"},
  columns: {
    points: integer("Points of the statistic"),
    standIn: text("What is put in SGD's place: modified flow, modified equation, uncorrected flow or gradient flow"),
    horizon: real("T"),
    stepSize: real("η = T/n"),
    error: real("Greatest |𝔼 f(stand-in) − 𝔼 f(SGD)| over all starting points"),
    gridChange: real("How far half as many nodes and time steps move the error at any node"),
    symmetricPairError: realOrNull("The error at the starting points (π/4, 3π/4); null but for two points")
  },
  experiment: weakErrors
});
