import {divergence, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, realOrNull, text} from "../src/pipeline/index.ts";

// E2.2, negative control: where hSGD is stationary and SGD is not.
export default defineExperimentTable({
  title: "Distances of SGD and hSGD at a step size at which SGD diverges",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "streamingTails"},
  columns: {process: text("SGD or hSGD"), step: integer("Steps from the minimum"), median: realOrNull("Median of ‖θ − θ*‖ over the chains, null beyond single precision"), upperQuartile: realOrNull("Its upper quartile"), upperDecile: realOrNull("Its upper decile")},
  experiment: divergence
});
