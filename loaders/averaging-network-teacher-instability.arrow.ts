import {networkInstability, parameterSections} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {networkInstabilityColumns} from "./averaging-network-columns.ts";

// E3.2: the step size of which those of a wide two-layer network on data of a teacher are fractions.
export default defineExperimentTable({
  title: "Curvature before training and instability step of a wide two-layer network on data of a teacher",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "networkTeacher"},
  columns: networkInstabilityColumns,
  experiment: networkInstability
});
