import {parameterSections, trainingAlignment} from "../src/papers/noise-geometry/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {trainingAlignmentColumns} from "./geometry-training-columns.ts";

// E1.3: μ, its certificate and g along training: a convolutional network.
export default defineExperimentTable({
  title: "Alignment of noise and curvature along the training of a convolutional network, in tidy form",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "trainingConvolution"},
  columns: trainingAlignmentColumns,
  experiment: trainingAlignment
});
