import {parameterSections, regressionOrders} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.3: weak orders on finite data.
export default defineExperimentTable({
  title: "Weak orders on finite data",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData"},
  inputs: ["flows-regression-exact", "flows-regression-batches"],
  columns: {
    problem: text("one weight or two weights"),
    statistic: text("one point or two points"),
    law: text("modified flow, gradient flow or modified equation"),
    count: integer("Step sizes that it rests on"),
    order: real("Richardson limit of the local slopes"),
    low: real("Lower end of its 95 % bootstrap interval over batches; the order itself where errors are exact"),
    high: real("Upper end"),
    uncertainty: real("How far the limit moves without the smallest step size"),
    lastSlope: real("Slope between the two smallest step sizes"),
    batches: integer("Batches of simulated paths, 0 where errors are exact")
  },
  experiment: regressionOrders
});
