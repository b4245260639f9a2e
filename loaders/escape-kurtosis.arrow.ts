import {summarizeKurtosis} from "../src/papers/power-law-escape/index.ts";
import type {KurtosisChain, StationaryReferenceRow} from "../src/papers/power-law-escape/index.ts";
import {defineTable, real, realOrNull} from "../src/pipeline/index.ts";
import {exponentColumns} from "./escape-columns.ts";

// X2: exponent, second moment and strength of the multiplicative noise at each kurtosis.
export default defineTable({
  title: "Stationary laws of SGD on inputs of different kurtosis",
  inputs: ["escape-kurtosis-chains", "escape-kurtosis-references"],
  columns: {
    kurtosis: real("κ = E x⁴ of the inputs, whose variance is 1"),
    ...exponentColumns,
    secondMoment: realOrNull("E θ² over the chains"),
    exactSecondMoment: realOrNull("η/(B (2 − η (1 + (κ − 1)/B))) (ours), null where infinite"),
    multiplicativeNoise: realOrNull("Strength of the multiplicative noise, κ − 1 exactly and 1 under decoupling"),
    multiplicativeNoiseError: realOrNull("Its standard error")
  },
  run: ({input}) => summarizeKurtosis(input<KurtosisChain>("escape-kurtosis-chains"), input<StationaryReferenceRow>("escape-kurtosis-references"))
});
