import {parameterSections, streamingTails} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, flag, text} from "../src/pipeline/index.ts";
import {tailPointColumns} from "./tails-columns.ts";

// E2.2: the tails of ‖θ − θ*‖ over independent chains of SGD on streaming Gaussian data.
export default defineExperimentTable({
  title: "Largest distances of independent chains of SGD",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  columns: {cell: text("Design and step"), halfway: flag("Whether the chains are taken half-way"), ...tailPointColumns},
  experiment: streamingTails
});
