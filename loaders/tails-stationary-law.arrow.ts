import {parameterSections, stationaryLawTest} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, flag, real} from "../src/pipeline/index.ts";
import {countColumns} from "./tails-columns.ts";

// E2.1: one-dimensional hSGD with ridge against Pearson's type IV law.
export default defineExperimentTable({
  title: "Kolmogorov–Smirnov tests of one-dimensional hSGD",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails"},
  columns: {
    relativeTimeStep: real("Time step times γλ"),
    halved: flag("Whether the time step is half of the fixed one"),
    distance: real("Kolmogorov–Smirnov distance to the exact law"),
    pValue: real("Its p-value"),
    symmetricDistance: real("Distance to the law without its skewness, a control"),
    symmetricPValue: real("Its p-value"),
    ...countColumns
  },
  experiment: stationaryLawTest
});
