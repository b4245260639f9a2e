import {parameterSections, streamingCells} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {designColumns} from "./tails-columns.ts";

// E2.2: the designs with hSGD's band and the exact indices, and how long SGD is to be run on each.
export default defineExperimentTable({
  title: "Streaming Gaussian designs with their exact tail indices",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  columns: designColumns,
  experiment: streamingCells
});
