import {pairMeans, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import type {PairPosition} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// Means of one point and of the product, beside their closed forms.
export default defineTable({
  title: "Means of one point and of the product of two at the horizon",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "coupledPoints", reads: ["noise", "stepSize", "steps", "upper", "lower"]},
  inputs: ["flows-coupled-pairs"],
  columns: {
    process: text("SGD, modified flow or modified equation"),
    quantity: text("one point or product"),
    mean: real("Mean over all pairs"),
    standardError: real("Its standard error"),
    schemeError: real("Error of the scheme, a third of what half as many time steps change"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval"),
    exact: real("Closed form of this process (ours)"),
    sgd: real("Closed form of SGD (ours)"),
    replicas: integer("Pairs")
  },
  run: ({parameters, input}) => pairMeans(input<PairPosition>("flows-coupled-pairs"), parameters)
});
