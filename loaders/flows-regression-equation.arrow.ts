import {equationDefects, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.3: defect and weak error of the modified equation at two points.
export default defineExperimentTable({
  title: "Two-point defect and weak error of the modified equation on finite data",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData"},
  inputs: ["flows-regression-batches"],
  columns: {
    problem: text("one weight or two weights"),
    stepSize: real("η"),
    batches: integer("Batches of paths"),
    rate: real("(E under the equation − E under the modified flow)/η"),
    low: real("Lower end of its 95 % bootstrap interval over batches"),
    high: real("Upper end"),
    predictedRate: real("Its limit as η → 0 (ours): norm of the integral of the difference of covariances along the gradient flow"),
    stepBias: real("What extrapolation in the time step changes of the rate"),
    flowError: real("E under the modified flow − E under SGD (ours, exact)"),
    error: real("|E under the equation − E under SGD|"),
    errorLow: real("Lower end of its 95 % interval"),
    errorHigh: real("Upper end")
  },
  experiment: equationDefects
});
