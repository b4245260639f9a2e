import {lawQuantiles, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, real, text} from "../src/pipeline/index.ts";

// E2.4: quantile pairs with pointwise bands, for Student's and for stable laws.
export default defineExperimentTable({
  title: "Quantiles of one coordinate of SGD beside those of fitted laws",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "lawFits"},
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
  experiment: lawQuantiles
});
