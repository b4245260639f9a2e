import {imagesOf, parameterSections, trainingAlignment} from "../src/papers/noise-geometry/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {trainingAlignmentColumns} from "./geometry-training-columns.ts";

// E1.3: μ, its certificate and g along training: a dense network.
export default defineTable({
  title: "Alignment of noise and curvature along the training of a dense network, in tidy form",
  parameters: {paper: "noise-geometry", sections: parameterSections, section: "trainingDense"},
  imageSets: imagesOf,
  columns: trainingAlignmentColumns,
  run: ({parameters, images, context}) => trainingAlignment(parameters, images, context)
});
