import {flag, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

/** One cell of E2.4. */
export const finiteCellColumns = {
  dataSet: text("stream: Gaussian inputs; plane: random features of points in the plane; digits: random features of the digits"),
  control: flag("Whether the step size is that of the negative control, at which no step of SGD expands"),
  stepRatio: real("γ/γ̃")
};

/** A process of one cell, at one length of its chains. */
export const finiteChainColumns = {
  ...finiteCellColumns,
  process: text("SGD or hSGD"),
  length: text("half or whole: when chains are read")
};

/** Units behind an estimate. */
export const countColumns = {
  used: integer("Chains used"),
  total: integer("Chains run")
};

/** One coordinate at the end of one chain of SGD. */
export const drawColumns = {
  dataSet: text("stream, plane or digits"),
  stepRatio: real("γ/γ̃"),
  chain: integer("Chain of the cell"),
  position: realOrNull("Coordinate along the eigenvector of λ₁, from its mean; null where the chain diverged")
};
