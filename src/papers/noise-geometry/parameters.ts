import {cyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import {trainingAlignmentParameters} from "./training-alignment-parameters.ts";

/** Every experiment of this paper with the schema of its parameters. */
export const parameterSections = {
  trainingDense: trainingAlignmentParameters,
  trainingConvolution: trainingAlignmentParameters,
  trainingClasses: trainingAlignmentParameters,
  trainingWide: trainingAlignmentParameters,
  cyclicalRate: cyclicalRateParameters
};
