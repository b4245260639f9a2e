import {streamingVerdicts} from "../src/papers/heavy-tails/index.ts";
import type {GrowthRow, StreamingTailRow} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on SGD's tail against hSGD's, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on SGD's tail against hSGD's",
  inputs: ["tails-streaming", "tails-growth"],
  columns: verdictColumns,
  run: ({input}) => streamingVerdicts(input<StreamingTailRow>("tails-streaming"), input<GrowthRow>("tails-growth"))
});
