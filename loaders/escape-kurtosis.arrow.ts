import {parameterSections, summarizeKurtosis} from "../src/papers/power-law-escape/index.ts";
import type {KurtosisChain} from "../src/papers/power-law-escape/index.ts";
import {defineTable, integer, real, realOrNull} from "../src/pipeline/index.ts";

// X2: exponent, second moment and strength of the multiplicative noise at each kurtosis.
export default defineTable({
  title: "Stationary laws of SGD on inputs of different kurtosis",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "kurtosisControl"},
  inputs: ["escape-kurtosis-chains"],
  columns: {
    kurtosis: real("κ = E x⁴ of the inputs, whose variance is 1"),
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
    predicted: real("The paper's 1 + B/(η h*)"),
    secondMoment: realOrNull("E θ² over the chains"),
    exactSecondMoment: realOrNull("η/(B (2 − η (1 + (κ − 1)/B))) (ours), null where infinite"),
    multiplicativeNoise: realOrNull("Strength of the multiplicative noise, κ − 1 exactly and 1 under decoupling"),
    multiplicativeNoiseError: realOrNull("Its standard error")
  },
  run: ({parameters, input}) => summarizeKurtosis(input<KurtosisChain>("escape-kurtosis-chains"), parameters)
});
