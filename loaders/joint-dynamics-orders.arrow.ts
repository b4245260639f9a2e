import {answerOrders} from "../src/papers/one-noise-model/index.ts";
import type {Answer} from "../src/papers/one-noise-model/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// At which order each of the dynamics has SGD's answers.
export default defineTable({
  title: "Order in the step size at which each of the dynamics has each of SGD's answers",
  inputs: ["joint-dynamics"],
  columns: {
    question: text("What is asked"),
    model: text("What stands in for SGD"),
    kurtosis: real("Fourth moment κ of the inputs"),
    order: realOrNull("Order of |value − SGD's| in η, extrapolated to 0; null where there is no error"),
    uncertainty: realOrNull("What leaving out the smallest step size changes"),
    lastSlope: realOrNull("Local slope between the two smallest step sizes"),
    largestRelativeError: real("Largest |value − SGD's| over |SGD's|"),
    stepSizes: integer("Step sizes used")
  },
  run: ({input}) => answerOrders(input<Answer>("joint-dynamics"))
});
