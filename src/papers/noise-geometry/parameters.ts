import {cyclicalRateParameters} from "./cyclical-rate-parameters.ts";
/** Every experiment of this paper with the schema of its parameters. */
export const parameterSections = {
  cyclicalRate: cyclicalRateParameters
};
