import {parameterSections, scalarMeanFieldErrors} from "../src/papers/stochastic-modified-flows/index.ts";
import type {ScalarMeanFieldValue} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E4.4: weak errors on the network θ²x.
export default defineTable({
  title: "Weak errors of mean-field equations on a network that one number describes",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "meanFieldScalar", reads: ["data", "horizon", "start"]},
  inputs: ["flows-mean-field-scalar-values"],
  columns: {
    steps: integer("Steps of SGD in the horizon"),
    stepSize: real("η"),
    variant: text("full flow, without Lions term, without correction, or mean-field limit"),
    sgd: real("E 1/(1 + m_T) of SGD (exact, ours)"),
    value: real("The same of the equation (Crank–Nicolson)"),
    error: real("value − sgd"),
    numericalError: real("What halving the grids of both moved them by"),
    slope: realOrNull("d log|error| / d log η since the next larger step size"),
    lionsEffect: real("Coefficient of η in the error without the Lions term (ours)")
  },
  run: ({parameters, input}) => scalarMeanFieldErrors(input<ScalarMeanFieldValue>("flows-mean-field-scalar-values"), parameters)
});
