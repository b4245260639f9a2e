import {parameterSections, twoReadings} from "../src/papers/one-noise-model/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// X1: one stationary law read at its core, as escape does, and at its tail, as heavy tails do.
export default defineExperimentTable({
  title: "Core and tail of the stationary laws of homogenized SGD and of SGD",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "twoReadings"},
  columns: {
    process: text("hSGD, hSGD at twice the time step, or SGD"),
    stepSize: real("γ, with one sample a step and curvature 1"),
    coreIndex: real("2φ − 1, from the exponent φ of P ∝ L^−φ by maximum likelihood over all chains"),
    coreError: real("Its standard error"),
    coreLow: real("Lower end of its 95 % interval"),
    coreHigh: real("Upper end of its 95 % interval"),
    tailIndex: realOrNull("α, maximum likelihood over the highest threshold with 200 exceedances; null where it is not finite"),
    tailLow: realOrNull("Lower end of its 95 % profile interval"),
    tailHigh: realOrNull("Upper end of its 95 % profile interval, null where open"),
    exceedances: integer("Values above that threshold"),
    exactTailIndex: real("Tail index of the process (ours): 1 + 2/γ for hSGD, Kesten's root for SGD"),
    predicted: real("1 + 2/γ, by both papers"),
    used: integer("Chains used"),
    total: integer("Chains run")
  },
  experiment: twoReadings
});
