import {counterExampleParameters, coupledPointsParameters} from "./counter-example-parameters.ts";
import {finiteDataParameters} from "./finite-data-parameters.ts";
import {meanFieldNetworkParameters, meanFieldScalarParameters} from "./mean-field-parameters.ts";
import {flowHorizonParameters, weakErrorParameters} from "./weak-error-parameters.ts";

/** Every experiment of the paper, with the schema of its parameters. */
export const parameterSections = {
  weakErrors: weakErrorParameters,
  counterExample: counterExampleParameters,
  coupledPoints: coupledPointsParameters,
  flowHorizon: flowHorizonParameters,
  meanFieldScalar: meanFieldScalarParameters,
  meanFieldNetwork: meanFieldNetworkParameters,
  finiteData: finiteDataParameters
};
