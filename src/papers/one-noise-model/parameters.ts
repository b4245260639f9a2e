import {noiseAlongGradientParameters} from "./noise-along-gradient-parameters.ts";
import {passageSlopesParameters} from "./passage-slopes-parameters.ts";
import {sideBySideParameters} from "./side-by-side-parameters.ts";
import {stepLimitParameters} from "./step-limit-parameters.ts";
import {twoReadingsParameters} from "./two-readings-parameters.ts";

/** Every experiment that joins the papers, with the schema of its parameters. */
export const parameterSections = {
  passageSlopes: passageSlopesParameters,
  twoReadings: twoReadingsParameters,
  noiseAlongGradient: noiseAlongGradientParameters,
  stepLimit: stepLimitParameters,
  sideBySide: sideBySideParameters
};
