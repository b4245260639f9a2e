import {integer, real, realOrNull, text} from "../src/pipeline/index.ts";

const cellColumns = {
  sweep: text("What is swept: samples, noisy labels, dimension, condition, width or depth"),
  model: text("Model: a of the variances j^−a, or the activation"),
  setting: real("Value of what is swept"),
  samples: integer("n"),
  effectiveDimension: realOrNull("d_eff = min(tr S/‖S‖, tr S²/‖S²‖), as recalled"),
  participationRatio: realOrNull("(tr S)²/tr S²")
};

/** A cell of draws of the average alignment: the tables of E1.1. */
export const alignmentColumns = {
  ...cellColumns,
  draws: integer("Draws of data and weights"),
  alignment: real("Mean average alignment μ"),
  standardError: real("Its standard error"),
  low: real("Lower end of its 95 % interval"),
  high: real("Upper end of its 95 % interval"),
  leastDraw: real("Least μ of a draw"),
  centred: real("Mean μ with the centred covariance"),
  certificateLow: real("Mean of min s/s̄, below which no residual brings μ"),
  certificateHigh: real("Mean of max s/s̄"),
  certificateError: real("Standard error of their mean distance"),
  excess: real("The most by which μ of a draw is outside of them, over μ"),
  population: realOrNull("Mean μ of infinitely many samples (exact, ours)"),
  populationRatio: realOrNull("Mean of μ over its population value"),
  populationRatioError: realOrNull("Its standard error")
};

/** One of these draws. */
export const alignmentDrawColumns = {
  ...cellColumns,
  draw: integer("Draw of data and weights"),
  alignment: real("Average alignment μ"),
  centredAlignment: real("The same with the centred covariance"),
  leastAlignment: real("min s/s̄, below which no residual brings μ"),
  greatestAlignment: real("max s/s̄, above which none does"),
  population: realOrNull("μ of infinitely many samples (exact, ours)")
};
