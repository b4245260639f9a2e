import {parameterSections, trainingRecord} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {trainingColumns} from "./escape-columns.ts";

// E0.4: loss, gradient noise and its spectra along independent trainings of a network on real images.
export default defineExperimentTable({
  title: "Loss, gradient noise and noise spectra along training on real images, in tidy form",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "noiseOnImages"},
  columns: trainingColumns,
  experiment: trainingRecord
});
