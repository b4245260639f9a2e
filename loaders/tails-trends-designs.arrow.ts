import {parameterSections, trendReferences} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";
import {referenceColumns} from "./tails-columns.ts";

// E2.3: the designs with hSGD's band and the exact indices.
export default defineExperimentTable({
  title: "Designs with their exact tail indices as one parameter varies",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "tailTrends"},
  columns: {
    varied: text("step size, batch size, ridge, or dimension"),
    value: real("Its value"),
    regressor: real("B/γ for step size and batch size, else the value"),
    stepSize: real("γ"),
    batchSize: integer("B"),
    ridge: real("δ"),
    dimension: integer("d"),
    ...referenceColumns
  },
  experiment: trendReferences
});
