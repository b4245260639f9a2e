import {summarizeExponents} from "../src/papers/power-law-escape/index.ts";
import type {StationaryChain, StationaryReferenceRow} from "../src/papers/power-law-escape/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {exponentColumns} from "./escape-columns.ts";

// E0.2: exponents by maximum likelihood, beside the exact operator of SGD and
// the paper's 1 + B/(η h*).
export default defineTable({
  title: "Stationary exponents over step size and batch size",
  inputs: ["escape-stationary-chains", "escape-stationary-references"],
  columns: exponentColumns,
  run: ({input}) => summarizeExponents(input<StationaryChain>("escape-stationary-chains"), input<StationaryReferenceRow>("escape-stationary-references"))
});
