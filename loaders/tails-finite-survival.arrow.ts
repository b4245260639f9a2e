import {finiteSurvival} from "../src/papers/heavy-tails/index.ts";
import type {FiniteDataSummary, FiniteNorm} from "../src/papers/heavy-tails/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";
import {finiteCellColumns} from "./tails-finite-columns.ts";

// E2.4: survival functions of the distance from the mean, measured and by Student's law at both bounds.
export default defineTable({
  title: "Survival functions of SGD and hSGD on finite data",
  inputs: ["tails-finite-norms", "tails-finite-cells"],
  columns: {
    ...finiteCellColumns,
    law: text("SGD, hSGD, or Student's law with the index of the lower or the upper bound"),
    distance: real("|X − E X|"),
    survival: real("P(distance or more)"),
    low: real("Lower end of its 95 % interval"),
    high: real("Upper end of its 95 % interval")
  },
  run: ({input}) => finiteSurvival(input<FiniteNorm>("tails-finite-norms"), input<FiniteDataSummary>("tails-finite-cells"))
});
