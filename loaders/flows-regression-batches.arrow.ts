import {parameterSections, regressionBatches} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.3: simulated two-point defects of the modified equation, batch by batch.
export default defineExperimentTable({
  title: "Two-point defects of the modified equation by batches of paths",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData"},
  columns: {
    problem: text("one weight or two weights"),
    stepSize: real("η"),
    batch: integer("Batch of paths; the same noise at every step size"),
    defect: real("Mean of the statistic under the equation less that under the modified flow, extrapolated in the time step"),
    atFineStep: real("The same at the finer time step")
  },
  experiment: regressionBatches
});
