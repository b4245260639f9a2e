import {parameterSections, randomTimeChange} from "../src/papers/power-law-escape/index.ts";
import {defineExperimentTable, integer, integerOrNull, real, realOrNull, text} from "../src/pipeline/index.ts";

// The random time change: one position a chain, at stationarity of its clock.
export default defineExperimentTable({
  title: "Positions of chains of the multiplicative-noise equation in t and the additive-noise one in τ",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "randomTimeChange"},
  columns: {
    clock: text("t or tau"),
    relativeTimeStep: real("Time step times the relaxation rate of the clock"),
    chain: integer("Chain of the cell"),
    position: realOrNull("θ, where L = (1 + θ²)/2; null where the chain diverged"),
    divergedAt: integerOrNull("Step at which it diverged, null where it did not")
  },
  experiment: randomTimeChange
});
