import {meanFieldSizes, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";

// E4.5: the weak error and the fluctuations over the number of neurons.
export default defineExperimentTable({
  title: "Weak errors and fluctuations over the number of neurons, with independent noise as a control",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "meanFieldNetwork"},
  columns: {
    neurons: integer("M, at quantiles of one law"),
    stepSize: real("η"),
    error: real("Weak error of the flow in ∫θ²dΓ_T"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    ratio: real("Error over that of the fewest neurons under the same noise"),
    ratioLow: real("Lower end of its 95 % interval"),
    ratioHigh: real("Upper end of its 95 % interval"),
    sgdVariance: real("Var ∫θ²dΓ_T of SGD (exact, ours)"),
    commonVariance: real("The same of the flow"),
    commonVarianceError: real("Its standard error"),
    independentVariance: real("The same with independent noise for each neuron"),
    independentVarianceError: real("Its standard error"),
    pairs: integer("Antithetic pairs of paths, and paths of the control")
  },
  experiment: meanFieldSizes
});
