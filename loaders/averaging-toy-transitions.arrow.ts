import {parameterSections, toyTransitions} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, realOrNull, text} from "../src/pipeline/index.ts";

// E3.1: step sizes at which smoothed objectives change their shape.
export default defineExperimentTable({
  title: "Step sizes at which the smoothed objective loses minima and moves its lowest one",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    objective: text("rippled bowl or two wells"),
    singleFrom: realOrNull("From here on F has one minimum"),
    lowestMovesAt: realOrNull("Here the lowest minimum of F leaves the basin of the lowest minimum of f")
  },
  experiment: toyTransitions
});
