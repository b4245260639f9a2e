import {evenOddRegression} from "../../data-sets/index.ts";
import type {RegressionData} from "../../data-sets/index.ts";
import type {CellContext} from "../experiment.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";
import {teacherData} from "./teacher-data.ts";

/** What decides a data set: the teacher's parameters have no part in images. */
export type NoiseTrainingData = Pick<NoiseAlongTrainingParameters, "samples" | "activation"> & ({readonly dataSet: "digits" | "mnist"} | ({readonly dataSet: "teacher"} & Pick<NoiseAlongTrainingParameters, "teacherInputs" | "teacherWidths">));

/** The images that a data set is made of, none for the teacher's. */
export function imagesOf({dataSet}: Pick<NoiseAlongTrainingParameters, "dataSet">): readonly ("digits" | "mnist")[] {
  return dataSet === "teacher" ? [] : [dataSet];
}

/**
 * The data set that the parameters ask for: a teacher's, drawn from the stream of the cell `teacher data`, or even
 * against odd images.
 */
export function noiseTrainingData(parameters: NoiseTrainingData, {images, stream}: Pick<CellContext, "images" | "stream">): RegressionData {
  return parameters.dataSet === "teacher" ? teacherData(parameters, stream("teacher data", 0)) : evenOddRegression(images(parameters.dataSet));
}
