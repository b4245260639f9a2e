import {clockHistograms, parameterSections} from "../src/papers/power-law-escape/index.ts";
import type {ClockChain} from "../src/papers/power-law-escape/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// The random time change: stationary histograms in both clocks beside the exact laws.
export default defineTable({
  title: "Stationary densities in the clocks t and τ, and of τ reweighted by 1/L",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "randomTimeChange", reads: ["temperature", "bins"]},
  inputs: ["escape-clock-chains"],
  columns: {
    law: text("t, tau, or tau reweighted"),
    position: real("Centre of the bin, θ"),
    density: real("Density of the chains"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("Exact density ∝ (1 + θ²)^−φ, averaged over the bin"),
    count: integer("Chains in the bin")
  },
  run: ({parameters, input}) => clockHistograms(input<ClockChain>("escape-clock-chains"), parameters.temperature, parameters.bins)
});
