import {finiteData, lawFits, testValidity} from "./finite-data-parameters.ts";
import {homogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {streamingTailsParameters} from "./streaming-tails-parameters.ts";
import {tailTrendsParameters} from "./tail-trends-parameters.ts";

/** Every experiment of this paper with the schema of its parameters. */
export const parameterSections = {
  homogenizedTails: homogenizedTailsParameters,
  streamingTails: streamingTailsParameters,
  tailTrends: tailTrendsParameters,
  finiteData,
  lawFits,
  testValidity
};
