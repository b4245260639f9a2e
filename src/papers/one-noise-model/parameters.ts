import {noiseAlongGradientParameters} from "./noise-along-gradient-parameters.ts";
import {passageSlopesParameters} from "./passage-slopes-parameters.ts";

/** Every experiment that joins the papers, with the schema of its parameters. */
export const parameterSections = {
  passageSlopes: passageSlopesParameters,
  noiseAlongGradient: noiseAlongGradientParameters
};
