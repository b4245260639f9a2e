import {meanFieldStarts, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.5: finitely many neurons in place of their continuous law.
export default defineExperimentTable({
  title: "Deviation of SGD on finitely many neurons from SGD on their law",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "meanFieldNetwork"},
  columns: {
    neurons: integer("M"),
    start: text("drawn independently, or quantiles of the law"),
    stepSize: real("η"),
    deviation: real("Root mean square over draws of E ∫θ²dΓ_T less its value for the law"),
    logStandardError: real("Standard error of its logarithm"),
    limit: real("E ∫θ²dΓ_T for the law (ours)"),
    draws: integer("Independent draws")
  },
  experiment: meanFieldStarts
});
