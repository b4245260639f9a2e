import {parameterSections, testValidity} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// Why tabulated p-values do not hold: rejection rates on data whose law is exactly right.
export default defineExperimentTable({
  title: "Rejection rates of Kolmogorov-Smirnov tests at level 0.05 on data that follow the law",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "testValidity"},
  columns: {
    data: text("Where the values of a test come from"),
    pValue: text("Which p-value is taken"),
    rejected: integer("Tests that reject"),
    replicates: integer("Tests"),
    rate: real("Share that rejects; 0.05 for a valid test"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval")
  },
  experiment: testValidity
});
