import {finiteDataSummary, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, integerOrNull, real, realOrNull, text} from "../src/pipeline/index.ts";
import {finiteCellColumns} from "./tails-finite-columns.ts";

// E2.4: the paper's Table 3 for our data, the check for bounded support, and SGD's own tail index.
export default defineExperimentTable({
  title: "Step sizes, spectra, bounds of the tail index and SGD's own index on finite data",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData"},
  columns: {
    ...finiteCellColumns,
    samples: integerOrNull("n, null for a stream"),
    dimension: integer("d"),
    steps: integer("K, steps of a chain"),
    stepSize: real("γ"),
    threshold: real("γ̃, from which on hSGD has no second moment"),
    ridge: real("δ"),
    batchSize: integer("B"),
    largestEigenvalue: real("λ₁"),
    smallestEigenvalue: real("λ_d"),
    effectiveRank: real("tr H/λ₁"),
    lowerBound: real("η_*, lower bound of hSGD's tail index"),
    upperBound: real("η^*, upper bound of hSGD's tail index"),
    greatestStep: realOrNull("max γ|a|² over the samples, null for a stream"),
    expandingShare: realOrNull("Share of the samples whose step expands, γ(|a|² + δ) > 2; null for a stream"),
    lyapunovExponent: real("Top Lyapunov exponent of SGD", "per step"),
    tail: text("What SGD itself has: power law; beyond, one with an index above 12; no power law; not stationary"),
    tailIndex: realOrNull("Tail index of SGD by Kesten's equation, null where there is none"),
    tailIndexLow: realOrNull("Lower end of its 95 % interval"),
    tailIndexHigh: realOrNull("Upper end of its 95 % interval")
  },
  experiment: finiteDataSummary
});
