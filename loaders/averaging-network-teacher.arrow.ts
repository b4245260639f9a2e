import {networkTraining, parameterSections} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {networkTrainingColumns} from "./averaging-network-columns.ts";

// E3.2: losses and sharpness of a wide two-layer network on data of a teacher, by method and paired seed.
export default defineExperimentTable({
  title: "Losses and sharpness of a wide two-layer network on data of a teacher, by method and paired seed",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkTeacher"},
  inputs: ["averaging-network-teacher-instability"],
  columns: networkTrainingColumns,
  experiment: networkTraining
});
