import {networkTrainingParameters} from "./network-training-parameters.ts";
import {tailAverageParameters} from "./tail-average-parameters.ts";
import {toyParameters} from "./toy-parameters.ts";

/** Every experiment of the paper, with the schema of its parameters. */
export const parameterSections = {
  toys: toyParameters,
  networkTeacher: networkTrainingParameters,
  networkNarrow: networkTrainingParameters,
  networkDense: networkTrainingParameters,
  networkConvolution: networkTrainingParameters,
  tailAverages: tailAverageParameters
};
