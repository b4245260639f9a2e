import {parameterSections, summarizeExponents} from "../src/papers/power-law-escape/index.ts";
import type {StationaryChain} from "../src/papers/power-law-escape/index.ts";
import {defineTable} from "../src/pipeline/index.ts";
import {exponentColumns} from "./escape-columns.ts";

// E0.2: exponents by maximum likelihood, beside the exact operator of SGD and
// the paper's 1 + B/(η h*).
export default defineTable({
  title: "Stationary exponents over step size and batch size",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "stationaryExponent"},
  inputs: ["escape-stationary-chains"],
  columns: exponentColumns,
  run: ({parameters, input}) => summarizeExponents(input<StationaryChain>("escape-stationary-chains"), parameters)
});
