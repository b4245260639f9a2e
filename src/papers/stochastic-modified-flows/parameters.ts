import {meanFieldNetworkParameters, meanFieldScalarParameters} from "./mean-field-parameters.ts";

/** Every experiment of the paper, with the schema of its parameters. */
export const parameterSections = {
  meanFieldScalar: meanFieldScalarParameters,
  meanFieldNetwork: meanFieldNetworkParameters
};
