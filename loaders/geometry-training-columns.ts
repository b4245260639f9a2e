import {integer, integerOrNull, real, text} from "../src/pipeline/index.ts";

/** One quantity at one epoch of one seed: the tables of E1.3 along training. */
export const trainingAlignmentColumns = {
  seed: integer("Training: first weights and order of samples of its own"),
  epoch: integer("Epoch, 0 before training"),
  quantity: text("loss, alignment, centredAlignment, leastAlignment, greatestAlignment; by rank curvature, directionalAlignment; parameters; diverged, interpolated"),
  rank: integerOrNull("Rank of a direction, 1 for the sharpest"),
  value: real("Its value")
};
