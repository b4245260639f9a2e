import {parameterSections, scalarMeanFieldValues} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integerOrNull, real, text} from "../src/pipeline/index.ts";

// E4.4: means of SGD and of each equation on the network θ²x by exact operators.
export default defineExperimentTable({
  title: "Means of SGD and of mean-field equations on a network that one number describes",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "meanFieldScalar"},
  columns: {
    process: text("SGD, full flow, without Lions term, without correction, or mean-field limit"),
    steps: integerOrNull("Steps of SGD in the horizon; null for the limit, which has no step size"),
    value: real("E 1/(1 + m_T): exact for SGD, by Crank–Nicolson for the equations (ours)"),
    numericalError: real("What halving the grid moved it by")
  },
  experiment: scalarMeanFieldValues
});
