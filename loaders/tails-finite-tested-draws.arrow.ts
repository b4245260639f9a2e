import {parameterSections, testedDraws} from "../src/papers/heavy-tails/index.ts";
import type {FiniteDraw} from "../src/papers/heavy-tails/index.ts";
import {defineTable, text} from "../src/pipeline/index.ts";
import {drawColumns} from "./tails-finite-columns.ts";

// E2.4: the draws at the step ratio that is tested: what other ratios give moves no fit.
export default defineTable({
  title: "One coordinate of SGD at the step ratio at which laws are fitted and compared",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "lawFits", reads: ["testedRatio"]},
  inputs: ["tails-finite-draws"],
  columns: {...drawColumns, use: text("fit: laws are fitted to it; held out: they are compared on it")},
  run: ({parameters, input}) => testedDraws(input<FiniteDraw>("tails-finite-draws"), parameters)
});
