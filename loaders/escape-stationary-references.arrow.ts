import {parameterSections, stationaryReferences} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {referenceColumns} from "./escape-columns.ts";

// E0.2: SGD's exact stationary law by its transfer operator, at every step size and batch size.
export default defineExperimentTable({
  title: "Exact stationary laws of one-dimensional SGD over step size and batch size",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "stationaryExponent"},
  columns: referenceColumns,
  experiment: stationaryReferences
});
