import {flag, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

/** Where one method stands at one epoch of one seed: the tables of E3.2. */
export const networkTrainingColumns = {
  seed: integer("Paired seed: data, first weights and order of samples"),
  method: text("small step, large step, SAM (last iterates); average of all, average of last half, average of last quarter (of iterates at the large step); large step, other order (control)"),
  epoch: integer("Epoch, 0 before training"),
  stepSize: real("η"),
  diverged: flag("Loss not finite, or at the last epoch above that of the first weights; all else is null then"),
  trainingLoss: realOrNull("Mean of ½|f − y|² over the training samples"),
  testLoss: realOrNull("The same over samples that the seed does not train on"),
  accuracy: realOrNull("Share of test samples whose largest output is their class, null for one output"),
  trace: realOrNull("tr H of the training loss at the last epoch of the methods whose sharpness is compared, and all along the large step"),
  traceError: realOrNull("Its standard error over probes"),
  sharpness: realOrNull("Largest eigenvalue of H at the last epoch"),
  leastCurvature: realOrNull("Most negative curvature met on the way to it, likewise")
};

/** The curvature before training of which step sizes are made: one row. */
export const networkInstabilityColumns = {
  trace: real("tr H of the training loss at the first seed's first weights"),
  traceError: real("Its standard error over probes"),
  sharpness: real("Largest eigenvalue of H there"),
  stepSize: real("2/(λ₁ + tr H/(cB)), where SGD turns unstable; c outputs, batches of B")
};
