import {networkInstability, parameterSections} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {networkInstabilityColumns} from "./averaging-network-columns.ts";

// E3.2: the step size of which those of a convolutional network on handwritten digits are fractions.
export default defineExperimentTable({
  title: "Curvature before training and instability step of a convolutional network on handwritten digits",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkConvolution"},
  columns: networkInstabilityColumns,
  experiment: networkInstability
});
