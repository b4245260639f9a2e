import {pairQuantiles} from "../src/papers/stochastic-modified-flows/index.ts";
import type {PairPosition} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// Percentiles of one point and of the product of two.
export default defineTable({
  title: "Laws of one point and of the product of two at the horizon",
  inputs: ["flows-coupled-pairs"],
  columns: {
    process: text("SGD, modified flow or modified equation"),
    quantity: text("one point, that which starts above 0, or product of both"),
    probability: real("Probability of a value of at most this one"),
    value: real("Quantile")
  },
  run: ({input}) => pairQuantiles(input<PairPosition>("flows-coupled-pairs"))
});
