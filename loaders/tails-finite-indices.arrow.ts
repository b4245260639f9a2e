import {parameterSections, summarizeFiniteTails} from "../src/papers/heavy-tails/index.ts";
import type {FiniteDataSummary, FiniteNorm} from "../src/papers/heavy-tails/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";
import {countColumns, finiteChainColumns} from "./tails-finite-columns.ts";

// E2.4: tail indices by peaks over the fixed thresholds, beside hSGD's bounds and SGD's own index.
export default defineTable({
  title: "Tail indices of SGD and hSGD on finite data by peaks over thresholds",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData", reads: ["chains", "diffusionChains"]},
  inputs: ["tails-finite-norms", "tails-finite-cells"],
  columns: {
    ...finiteChainColumns,
    lowerBound: real("η_*, lower bound of hSGD's tail index"),
    upperBound: real("η^*, upper bound of hSGD's tail index"),
    tail: text("What SGD itself has: power law; beyond, one with an index above 12; no power law; not stationary"),
    ownIndex: realOrNull("Tail index of SGD by Kesten's equation"),
    tailIndexLow: realOrNull("Lower end of its 95 % interval"),
    tailIndexHigh: realOrNull("Upper end of its 95 % interval"),
    ...countColumns,
    probability: real("Share of the chains below the threshold"),
    threshold: real("Threshold of the distance"),
    exceedances: integer("Chains above it"),
    tailIndex: realOrNull("Tail index 1/ξ of the generalised Pareto law, null where ξ ≤ 0 or there are fewer than 200 exceedances"),
    low: realOrNull("Lower end of its 95 % profile interval"),
    high: realOrNull("Upper end, null where it is open")
  },
  run: ({parameters, input}) => summarizeFiniteTails(input<FiniteNorm>("tails-finite-norms"), input<FiniteDataSummary>("tails-finite-cells"), parameters)
});
