import {lawQuantiles} from "../src/papers/heavy-tails/index.ts";
import type {TestedDraw} from "../src/papers/heavy-tails/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// E2.4: quantile pairs with pointwise bands, for Student's and for stable laws.
export default defineTable({
  title: "Quantiles of one coordinate of SGD beside those of fitted laws",
  inputs: ["tails-finite-tested-draws"],
  columns: {
    dataSet: text("stream, plane or digits"),
    law: text("Student or stable"),
    probability: real("(rank − ½)/n"),
    expected: real("Quantile of the fitted law"),
    observed: real("Order statistic of the draws"),
    low: real("Lower end of the order statistic's 95 % range under the law"),
    high: real("Upper end")
  },
  run: ({input}) => lawQuantiles(input<TestedDraw>("tails-finite-tested-draws"))
});
