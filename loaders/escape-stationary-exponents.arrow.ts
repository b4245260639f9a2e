import {parameterSections, summarizeExponents} from "../src/papers/power-law-escape/index.ts";
import type {StationaryChain} from "../src/papers/power-law-escape/index.ts";
import {defineTable, integer, real, realOrNull} from "../src/pipeline/index.ts";

// E0.2: exponents by maximum likelihood, beside the exact operator of SGD and
// the paper's 1 + B/(η h*).
export default defineTable({
  title: "Stationary exponents over step size and batch size",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "stationaryExponent"},
  inputs: ["escape-stationary-chains"],
  columns: {
    stepSize: real("η"),
    batchSize: integer("B"),
    batchOverStep: real("B/η"),
    fitted: realOrNull("Exponent φ of P ∝ L^−φ, maximum likelihood over the chains"),
    standardError: realOrNull("Its standard error"),
    low: realOrNull("Lower end of its 95 % interval"),
    high: realOrNull("Upper end of its 95 % interval"),
    used: integer("Chains used"),
    total: integer("Chains run"),
    exact: realOrNull("The same exponent of the exact stationary law of SGD (transfer operator, ours)"),
    gridError: realOrNull("Change of the exact exponent from half as many cells"),
    tailIndex: realOrNull("Kesten's tail index of SGD (ours), null where there is no power law"),
    predicted: real("The paper's 1 + B/(η h*)")
  },
  run: ({parameters, input}) => summarizeExponents(input<StationaryChain>("escape-stationary-chains"), parameters)
});
