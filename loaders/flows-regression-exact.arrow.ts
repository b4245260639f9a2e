import {exactWeakErrors, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// E4.3: weak errors on finite data from exact second moments.
export default defineTable({
  title: "Exact weak errors of modified flow and gradient flow on finite data",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData", reads: ["oneWeight", "twoWeights", "horizon", "stepCounts"]},
  columns: {
    problem: text("one weight or two weights"),
    statistic: text("one point: |z|² from the first start; two points: the bilinear function along the modified equation's predicted defect"),
    law: text("modified flow or gradient flow; at one point the modified equation is the modified flow"),
    stepSize: real("η"),
    sgd: real("Mean of the statistic under SGD at T (ours, exact)"),
    value: real("Mean under the law (ours, exact)"),
    error: real("|value − sgd|")
  },
  run: ({parameters}) => exactWeakErrors(parameters)
});
