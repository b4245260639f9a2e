import {incrementVerdicts, regressionDefectVerdicts, regressionOrderVerdicts} from "../src/papers/stochastic-modified-flows/index.ts";
import type {EquationDefect, IncrementCovariance, RegressionOrder} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on finite data, judged by the rules of src/papers/stochastic-modified-flows/claims.
export default defineTable({
  title: "Verdicts on flows on finite data",
  inputs: ["flows-regression-orders", "flows-regression-equation", "flows-increments"],
  columns: verdictColumns,
  run: ({input}) => [
    ...regressionOrderVerdicts(input<RegressionOrder>("flows-regression-orders")),
    ...regressionDefectVerdicts(input<EquationDefect>("flows-regression-equation")),
    ...incrementVerdicts(input<IncrementCovariance>("flows-increments"))
  ]
});
