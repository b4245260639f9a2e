import {parameterSections, tailAverages} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E3.3: the excess risk of averages on streaming linear regression, exactly.
export default defineExperimentTable({
  title: "Excess risk of averages of SGD on streaming linear regression by horizon, exactly",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "tailAverages"},
  columns: {
    method: text("average of all, average of last half, average of last quarter, last iterate"),
    start: realOrNull("Fraction of the steps after which the average starts, null for the last iterate"),
    steps: integer("T"),
    transient: real("Excess risk without label noise, from distance 1 along every coordinate"),
    noise: real("Excess risk due to label noise, from the minimum")
  },
  experiment: tailAverages
});
