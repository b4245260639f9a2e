import {directionalNoiseVerdicts, passageSlopeVerdicts, readingVerdicts, stepLimitVerdicts} from "../src/papers/one-noise-model/index.ts";
import type {DirectionalNoise, PassageSlope, ScaledIndex, TwoReadings} from "../src/papers/one-noise-model/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// What joins the papers, judged by the rules of src/papers/one-noise-model/claims.
export default defineTable({
  title: "Verdicts on what joins the papers",
  inputs: ["joint-passage-slopes", "joint-two-readings", "joint-noise-along-gradient", "joint-step-limit"],
  columns: verdictColumns,
  run: ({input}) => [
    ...passageSlopeVerdicts(input<PassageSlope>("joint-passage-slopes")),
    ...readingVerdicts(input<TwoReadings>("joint-two-readings")),
    ...directionalNoiseVerdicts(input<DirectionalNoise>("joint-noise-along-gradient")),
    ...stepLimitVerdicts(input<ScaledIndex>("joint-step-limit"))
  ]
});
