import {homogenizedMoments, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";
import {countColumns} from "./tails-columns.ts";

// E2.1: the mean loss of hSGD at stationarity, extrapolated to time step 0.
export default defineExperimentTable({
  title: "Mean loss of hSGD at stationarity",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails"},
  columns: {
    cell: text("Quadratic and step"),
    dimension: integer("d"),
    stepSize: real("γ"),
    stepRatio: real("γ/γ̃"),
    tailIndex: realOrNull("Exact tail index of hSGD; the loss has a variance above 4"),
    exact: realOrNull("L(x_ridge)/(1 − γ/γ̃), null where it is infinite"),
    coarse: realOrNull("Mean loss of chains at the time step"),
    fine: realOrNull("Mean loss of chains at half of it"),
    extrapolated: realOrNull("2 fine − coarse"),
    standardError: realOrNull("Its standard error"),
    ...countColumns
  },
  experiment: homogenizedMoments
});
