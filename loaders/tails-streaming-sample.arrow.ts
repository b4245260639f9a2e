import {parameterSections, streamingTails} from "../src/papers/heavy-tails/index.ts";
import type {StreamingCell} from "../src/papers/heavy-tails/index.ts";
import {defineTable, flag, text} from "../src/pipeline/index.ts";
import {tailPointColumns} from "./tails-columns.ts";

// E2.2: the tails of ‖θ − θ*‖ over independent chains of SGD on streaming Gaussian data.
export default defineTable({
  title: "Largest distances of independent chains of SGD",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  inputs: ["tails-streaming-designs"],
  columns: {cell: text("Design and step"), halfway: flag("Whether the chains are taken half-way"), ...tailPointColumns},
  run: ({parameters, context, input}) => streamingTails(input<StreamingCell>("tails-streaming-designs"), parameters, context)
});
