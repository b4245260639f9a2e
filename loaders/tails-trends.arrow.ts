import {parameterSections, summarizeTailTrends} from "../src/papers/heavy-tails/index.ts";
import type {TrendPoint, TrendReference} from "../src/papers/heavy-tails/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";
import {countColumns, tailEstimateColumns} from "./tails-columns.ts";

// E2.3: tail indices at the two thresholds of the verdicts, as one parameter varies.
export default defineTable({
  title: "Tail indices of SGD and hSGD as one parameter varies",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "tailTrends", reads: ["chains", "homogenizedChains"]},
  inputs: ["tails-trends-sample", "tails-trends-designs"],
  columns: {
    varied: text("step size, batch size, ridge, or dimension"),
    value: real("Its value"),
    regressor: real("B/γ for step size and batch size, else the value"),
    process: text("SGD or hSGD"),
    ...tailEstimateColumns,
    exact: real("Exact tail index of the process (ours)"),
    predicted: real("hSGD's tail index"),
    ...countColumns
  },
  run: ({parameters, input}) => summarizeTailTrends(input<TrendPoint>("tails-trends-sample"), input<TrendReference>("tails-trends-designs"), parameters)
});
