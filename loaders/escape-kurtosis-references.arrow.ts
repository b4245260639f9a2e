import {kurtosisReferences, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {referenceColumns} from "./escape-columns.ts";

// X2: SGD's exact stationary law by its transfer operator, at every kurtosis and step size.
export default defineExperimentTable({
  title: "Exact stationary laws of one-dimensional SGD on inputs of different kurtosis",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "kurtosisControl"},
  columns: referenceColumns,
  experiment: kurtosisReferences
});
