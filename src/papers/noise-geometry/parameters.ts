import {linearAlignmentParameters, networkAlignmentParameters} from "./alignment-parameters.ts";
import {cyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import {directionParameters} from "./direction-parameters.ts";
import {escapeParameters, escapeThresholdParameters} from "./escape-parameters.ts";
import {trainingAlignmentParameters} from "./training-alignment-parameters.ts";

/** Every experiment of this paper with the schema of its parameters. */
export const parameterSections = {
  linearAlignment: linearAlignmentParameters,
  networkAlignment: networkAlignmentParameters,
  directions: directionParameters,
  escape: escapeParameters,
  escapeThreshold: escapeThresholdParameters,
  trainingDense: trainingAlignmentParameters,
  trainingConvolution: trainingAlignmentParameters,
  trainingClasses: trainingAlignmentParameters,
  trainingWide: trainingAlignmentParameters,
  cyclicalRate: cyclicalRateParameters
};
