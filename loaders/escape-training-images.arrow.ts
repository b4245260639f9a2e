import {imagesOf, parameterSections, trainingRecord} from "../src/papers/power-law-escape/index.ts";
import {defineTable, integer, integerOrNull, real, text} from "../src/pipeline/index.ts";

// E0.4: loss, gradient noise and its spectra along the training of a network on real images.
export default defineTable({
  title: "Loss, gradient noise and noise spectra along training on real images, in tidy form",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "noiseOnImages"},
  imageSets: imagesOf,
  columns: {
    dataSet: text("Data set that the network learns"),
    epoch: integer("Epoch, 0 before training"),
    quantity: text("loss, noise, traceRatio, …, or exact eigenvalue or decoupled eigenvalue"),
    rank: integerOrNull("Rank of an eigenvalue, 1 for the greatest"),
    value: real("Its value")
  },
  run: ({parameters, images, context}) => trainingRecord(parameters, images, context)
});
