import {parameterSections, streamingThresholds} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, flag, integer, text} from "../src/pipeline/index.ts";
import {tailEstimateColumns} from "./tails-columns.ts";

// E2.2: SGD's tail index over thresholds by both estimators.
export default defineExperimentTable({
  title: "Tail indices of SGD over thresholds",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  inputs: ["tails-streaming-sample"],
  columns: {cell: text("Design and step"), halfway: flag("Whether the chains are taken half-way"), estimator: text("generalised Pareto, or Hill"), used: integer("Chains that did not diverge"), ...tailEstimateColumns},
  experiment: streamingThresholds
});
