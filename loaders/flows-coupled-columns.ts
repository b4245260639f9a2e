import {integer, real, text} from "../src/pipeline/index.ts";

/** Columns of pairs of points that one noise moves. */
export const coupledColumns = {
  process: text("SGD, modified flow or modified equation"),
  substeps: integer("Steps of the scheme in one of SGD; 1 for SGD"),
  time: real("t"),
  upper: real("The point that starts above 0"),
  lower: real("The point that starts below 0, under the same noise")
};
