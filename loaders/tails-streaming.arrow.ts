import {summarizeStreamingTails} from "../src/papers/heavy-tails/index.ts";
import type {StreamingCell, StreamingThresholdRow} from "../src/papers/heavy-tails/index.ts";
import {defineTable, integer} from "../src/pipeline/index.ts";
import {designColumns, verdictIndexColumns, wordColumns} from "./tails-columns.ts";

// E2.2: does hSGD's band contain SGD's true index?
export default defineTable({
  title: "hSGD's band, SGD's exact tail index and the measured one",
  inputs: ["tails-streaming-designs", "tails-streaming-thresholds"],
  columns: {...designColumns, ...wordColumns, ...verdictIndexColumns, used: integer("Chains that did not diverge")},
  run: ({input}) => summarizeStreamingTails(input<StreamingCell>("tails-streaming-designs"), input<StreamingThresholdRow>("tails-streaming-thresholds"))
});
