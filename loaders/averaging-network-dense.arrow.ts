import {networkTraining, parameterSections} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {networkTrainingColumns} from "./averaging-network-columns.ts";

// E3.2: losses and sharpness of a dense network on handwritten digits, by method and paired seed.
export default defineExperimentTable({
  title: "Losses and sharpness of a dense network on handwritten digits, by method and paired seed",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkDense"},
  inputs: ["averaging-network-dense-instability"],
  columns: networkTrainingColumns,
  experiment: networkTraining
});
