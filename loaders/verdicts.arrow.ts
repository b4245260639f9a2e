import {defineTable, verdictColumns} from "../src/pipeline/index.ts";
import type {Verdict} from "../src/verdicts/index.ts";

const inputs = [
  "escape-log-barrier-verdicts",
  "escape-clocks-verdicts",
  "escape-stationary-verdicts",
  "escape-first-passage-verdicts",
  "escape-kurtosis-verdicts",
  "escape-noise-verdicts",
  "tails-streaming-verdicts",
  "tails-homogenized-verdicts",
  "tails-trends-verdicts",
  "tails-finite-index-verdicts",
  "tails-finite-law-verdicts",
  "tails-test-validity-verdicts",
  "geometry-alignment-verdicts",
  "geometry-direction-verdicts",
  "geometry-escape-verdicts",
  "geometry-training-verdicts",
  "geometry-cyclical-verdicts",
  "averaging-toy-verdicts",
  "averaging-network-verdicts",
  "averaging-tail-verdicts",
  "flows-weak-error-verdicts",
  "flows-counter-example-verdicts",
  "flows-regression-verdicts",
  "flows-mean-field-verdicts",
  "flows-horizon-verdicts",
  "joint-verdicts",
  "joint-dynamics-verdicts"
];

// Every claim of every paper with its verdict, in the order of the pages.
export default defineTable({
  title: "Every claim with its verdict",
  inputs,
  columns: verdictColumns,
  run: ({input}) => inputs.flatMap((table) => input<Verdict>(table))
});
