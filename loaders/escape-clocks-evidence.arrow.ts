import {clockExponents, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, realOrNull, text} from "../src/pipeline/index.ts";

// The random time change: the exponents that the verdicts rest on, with intervals by bootstrap over chains.
export default defineExperimentTable({
  title: "Stationary exponents in the clocks t and τ, and of τ reweighted by 1/L",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "randomTimeChange"},
  inputs: ["escape-clock-chains"],
  columns: {
    law: text("t, tau, or tau reweighted"),
    exponent: realOrNull("Exponent φ of the density ∝ (1 + θ²)^−φ by the chains of the finest time step, null for fewer than 100"),
    standardError: realOrNull("Its standard error by bootstrap over chains"),
    low: realOrNull("Lower end of its 95 % interval"),
    high: realOrNull("Upper end of its 95 % interval"),
    coarseExponent: realOrNull("The exponent by the chains with twice the time step"),
    pValue: realOrNull("p of Kolmogorov and Smirnov's test against the exact law, null for weighted chains"),
    used: integer("Chains used"),
    total: integer("Chains run")
  },
  experiment: clockExponents
});
