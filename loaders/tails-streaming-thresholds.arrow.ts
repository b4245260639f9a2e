import {summarizeStreamingThresholds} from "../src/papers/heavy-tails/index.ts";
import type {StreamingTailPoint} from "../src/papers/heavy-tails/index.ts";
import {defineTable, flag, integer, text} from "../src/pipeline/index.ts";
import {tailEstimateColumns} from "./tails-columns.ts";

// E2.2: SGD's tail index over thresholds by both estimators.
export default defineTable({
  title: "Tail indices of SGD over thresholds",
  inputs: ["tails-streaming-sample"],
  columns: {cell: text("Design and step"), halfway: flag("Whether the chains are taken half-way"), estimator: text("generalised Pareto, or Hill"), used: integer("Chains that did not diverge"), ...tailEstimateColumns},
  run: ({input}) => summarizeStreamingThresholds(input<StreamingTailPoint>("tails-streaming-sample"))
});
