import {flag, integer, integerOrNull, real, realOrNull, text} from "../src/pipeline/index.ts";

/** Kept order statistics of distances ‖X − m‖ over independent chains. */
export const tailPointColumns = {
  above: integer("Chains at or above the distance; the greatest is the number of chains"),
  distance: real("‖X − m‖")
};

/** The distances of a block of chains. */
export const distanceBlockColumns = (chains: string, distance: string, type: "float32" | "float64") => ({
  block: integer(`Number of the block of ${chains} chains`),
  used: integer("Chains of the block that did not diverge"),
  distances: text(`Their ${distance}: bit patterns of ${type} in increasing order, each less the one before, in base64url digits of 5 bits, the least significant first, 32 added where another follows`)
});

/** A tail index from what lies above one threshold. */
export const tailEstimateColumns = {
  probability: real("Share of the chains below the threshold"),
  threshold: real("Threshold of ‖X − m‖"),
  exceedances: integer("Chains above the threshold"),
  tailIndex: realOrNull("Tail index α, null where fewer than 200 chains lie above or no power law fits"),
  low: realOrNull("Lower end of its 95 % interval"),
  high: realOrNull("Upper end of its 95 % interval, null where it is open")
};

/** A survival function with its exact intervals. */
export const survivalColumns = {
  distance: real("r"),
  survival: real("Share of the chains with ‖X − m‖ ≥ r"),
  low: real("Lower end of its 95 % interval"),
  high: real("Upper end of its 95 % interval")
};

/** What hSGD and Kesten's equation say of one design. */
export const referenceColumns = {
  lowerBound: real("η_*, lower bound on hSGD's tail index"),
  upperBound: real("η^*, upper bound on hSGD's tail index"),
  homogenized: real("hSGD's exact tail index (ours)"),
  kesten: realOrNull("SGD's exact tail index by Kesten's equation (ours), null where SGD diverges or it is not known"),
  lyapunovExponent: realOrNull("SGD's Lyapunov exponent per step (ours), null where it is not known")
};

/** One design with its part in the simulation. */
export const designColumns = {
  cell: text("Design and step"),
  isotropic: flag("Whether all eigenvalues are 1"),
  dimension: integer("d"),
  batchSize: integer("B"),
  stepRatio: real("γ/γ̃, the step size over hSGD's mean-square threshold; γd/(2B) for an isotropic design"),
  stepSize: real("γ"),
  ...referenceColumns,
  steps: integerOrNull("Steps of a chain, null where it is not simulated"),
  chains: integerOrNull("Chains run, null where it is not simulated"),
  note: text("Why it is not simulated")
};

/** How many chains entered. */
export const countColumns = {
  used: integer("Chains used"),
  total: integer("Chains run")
};

/** The measured index of one cell at the two thresholds of its verdict. */
export const verdictIndexColumns = {
  tailIndex: realOrNull("Measured tail index at the highest threshold with 200 exceedances, null where it was not measured"),
  low: realOrNull("Lower end of its 95 % profile interval"),
  high: realOrNull("Upper end of its 95 % profile interval, null where it is open"),
  tailIndexBelow: realOrNull("The same at the threshold below it"),
  lowBelow: realOrNull("Lower end of its interval"),
  highBelow: realOrNull("Upper end of its interval"),
  exceedances: integerOrNull("Chains above the highest threshold"),
  tailIndexHalfway: realOrNull("Measured tail index of the chains half-way, highest threshold")
};

/** The word of the table on one cell. */
export const wordColumns = {
  word: text("hSGD's tail beside SGD's: agrees (indices equal to 5 %), too light, too heavy; or SGD diverges, or its index is not known"),
  inBand: text("Whether SGD's exact index lies in [η_*, η^*]: yes, no, or not known")
};
