import {integer, integerOrNull, real, realOrNull, text} from "../src/pipeline/index.ts";

/** A fitted stationary exponent with its references: what the tables of E0.2 and X2 share. */
export const exponentColumns = {
  stepSize: real("η"),
  batchSize: integer("B"),
  batchOverStep: real("B/η"),
  fitted: realOrNull("Exponent φ of P ∝ L^−φ, maximum likelihood over the chains"),
  standardError: realOrNull("Its standard error"),
  low: realOrNull("Lower end of its 95 % interval"),
  high: realOrNull("Upper end of its 95 % interval"),
  used: integer("Chains used"),
  total: integer("Chains run"),
  firstDivergence: integerOrNull("First step at which one of the others diverged, null where none did"),
  exact: realOrNull("The same exponent of the exact stationary law of SGD (transfer operator, ours)"),
  gridError: realOrNull("Change of the exact exponent from half as many cells"),
  tailIndex: realOrNull("Kesten's tail index of SGD (ours), null where there is no power law"),
  predicted: real("The paper's 1 + B/(η h*)")
};

/** The exact stationary law of SGD: the tables of E0.2 and X2. */
export const referenceColumns = {
  stepSize: real("η"),
  batchSize: integer("B"),
  kurtosis: real("κ = E x⁴ of the inputs, whose variance is 1; 3 where they are Gaussian"),
  exact: realOrNull("Exponent φ of P ∝ L^−φ with the same mean of log L (transfer operator, ours); null where there is no stationary law"),
  gridError: realOrNull("Its change from half as many cells"),
  tailIndex: realOrNull("Kesten's tail index of SGD (ours), null where there is no power law")
};

/** An estimate by bootstrap: what the evidence of E0.1 and E0.3 shares. */
export const bootstrapColumns = {
  standardError: realOrNull("Its standard error by bootstrap over replicas"),
  low: realOrNull("Lower end of its 95 % interval"),
  high: realOrNull("Upper end of its 95 % interval"),
  used: integer("Passages"),
  total: integer("Passages asked for")
};

/** Replicas that diverged: what the tables of E0.1 and E0.3 share. */
export const divergenceColumns = {
  diverged: integer("Replicas that diverged, of which nothing is used"),
  firstDivergence: integerOrNull("First step at which one did, null where none did")
};

/** One quantity at one epoch: the tables of E0.4. */
export const trainingColumns = {
  dataSet: text("Data set that the network learns"),
  run: integer("Training, 0 for the first one, which alone has alignments and eigenvalues"),
  epoch: integer("Epoch, 0 before training"),
  quantity: text("loss, noise, traceRatio, …, or exact eigenvalue or decoupled eigenvalue"),
  rank: integerOrNull("Rank of an eigenvalue, 1 for the greatest"),
  value: real("Its value")
};
