import {noiseAlongGradient, parameterSections} from "../src/papers/one-noise-model/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// X2: the noise of one step of SGD along and across the loss gradient, beside the decoupled one.
export default defineExperimentTable({
  title: "Directional alignment of single gradients over kurtosis and distance from the minimum",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "noiseAlongGradient"},
  columns: {
    dimension: integer("d, the number of weights"),
    kurtosis: real("Fourth moment κ of the inputs"),
    signal: real("|w|²/σ², squared distance from the minimum over the variance of the labels' noise"),
    direction: text("along or across the loss gradient"),
    alignment: real("g(v) = vᵀΣv / (2L vᵀHv), measured; 1 under decoupling"),
    standardError: real("Its standard error"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("g(v) exactly (ours)"),
    replicas: integer("Independent gradients")
  },
  experiment: noiseAlongGradient
});
