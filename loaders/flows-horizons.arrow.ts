import {horizonErrors, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, real} from "../src/pipeline/index.ts";

// Errors of the modified flow at one step size over the horizon.
export default defineExperimentTable({
  title: "Errors of the modified flow over the horizon",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "flowHorizon"},
  columns: {
    horizon: real("T"),
    stepSize: real("η"),
    torusError: real("Greatest error of one point on the circle over all starting points"),
    gridChange: real("How far half as many nodes and time steps move it at any node"),
    relativeError: real("Relative error of the product of two points of the scalar example, in closed form")
  },
  experiment: horizonErrors
});
