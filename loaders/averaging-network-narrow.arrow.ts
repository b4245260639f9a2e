import {networkTraining, parameterSections, trainingImagesOf} from "../src/papers/parameter-averaging/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {networkTrainingColumns} from "./averaging-network-columns.ts";

// E3.2: losses and sharpness of a narrow two-layer network on data of a teacher, by method and paired seed.
export default defineTable({
  title: "Losses and sharpness of a narrow two-layer network on data of a teacher, by method and paired seed",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkNarrow"},
  imageSets: trainingImagesOf,
  columns: networkTrainingColumns,
  run: ({parameters, images, context}) => networkTraining(parameters, images, context)
});
