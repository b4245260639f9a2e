import {pairErrors, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, real} from "../src/pipeline/index.ts";

// E4.1: where on the torus of all pairs of starting points the two-point errors sit.
export default defineExperimentTable({
  title: "Two-point errors of modified flow and modified equation at every pair of starting points",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "weakErrors"},
  columns: {
    first: real("x, a starting point"),
    second: real("y, another one"),
    flowError: real("𝔼 f(modified flow) − 𝔼 f(SGD) for f = sin x sin y"),
    equationError: real("𝔼 f(modified equation) − 𝔼 f(SGD)")
  },
  experiment: pairErrors
});
