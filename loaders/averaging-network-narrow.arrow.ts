import {networkTraining, parameterSections} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {networkTrainingColumns} from "./averaging-network-columns.ts";

// E3.2: losses and sharpness of a narrow two-layer network on data of a teacher, by method and paired seed.
export default defineExperimentTable({
  title: "Losses and sharpness of a narrow two-layer network on data of a teacher, by method and paired seed",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkNarrow"},
  inputs: ["averaging-network-narrow-instability"],
  columns: networkTrainingColumns,
  experiment: networkTraining
});
