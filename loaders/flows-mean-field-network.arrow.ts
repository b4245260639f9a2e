import {meanFieldWeakErrors, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E4.5: weak errors on a tanh network against the exact tree of SGD.
export default defineExperimentTable({
  title: "Weak errors and fluctuations of mean-field equations on a tanh network",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "meanFieldNetwork"},
  columns: {
    steps: integer("Steps of SGD in the horizon"),
    stepSize: real("η"),
    variant: text("full flow, without Lions term, without correction, or mean-field limit"),
    sgd: real("E ∫θ²dΓ_T of SGD (exact, ours)"),
    error: real("That of the equation less that of SGD"),
    standardError: real("Its standard error, by antithetic pairs and control variates; 0 for the limit"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    beyondFull: real("Error less that of the full flow under the same noise"),
    beyondFullError: real("Its standard error"),
    timeStepBias: realOrNull("What the time step of the scheme adds, by halving; null where not run"),
    timeStepBiasError: realOrNull("Its standard error"),
    sgdVariance: real("Var ∫θ²dΓ_T of SGD (exact, ours)"),
    variance: real("The same of the equation"),
    varianceError: real("Its standard error"),
    lionsEffect: real("Coefficient of η in the error without the Lions term (ours)"),
    pairs: integer("Antithetic pairs of paths")
  },
  experiment: meanFieldWeakErrors
});
