import {evenOddRegression} from "../../data-sets/index.ts";
import type {LabelledImages, RegressionData} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";
import {teacherData} from "./teacher-data.ts";

/** The images that a data set is made of, none for the teacher's. */
export function imagesOf({dataSet}: Pick<NoiseAlongTrainingParameters, "dataSet">): readonly ("digits" | "mnist")[] {
  return dataSet === "teacher" ? [] : [dataSet];
}

/**
 * The data set that the parameters ask for: a teacher's, drawn from the stream of the cell `teacher data`, or even
 * against odd images.
 *
 * @param images gives the images of {@link imagesOf}
 */
export function noiseTrainingData(
  parameters: NoiseAlongTrainingParameters,
  images: (dataSet: "digits" | "mnist") => LabelledImages,
  context: Pick<ExperimentContext, "stream">,
): RegressionData {
  return parameters.dataSet === "teacher"
    ? teacherData(parameters, context.stream("teacher data", 0))
    : evenOddRegression(images(parameters.dataSet));
}
