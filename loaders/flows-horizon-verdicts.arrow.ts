import {horizonVerdicts} from "../src/papers/stochastic-modified-flows/index.ts";
import type {HorizonError, MomentGrowth} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// What the theorem leaves open, judged by the rules of src/papers/stochastic-modified-flows/claims.
export default defineTable({
  title: "Verdicts on horizon and moments",
  inputs: ["flows-horizons", "flows-moments"],
  columns: verdictColumns,
  run: ({input}) => horizonVerdicts(input<HorizonError>("flows-horizons"), input<MomentGrowth>("flows-moments"))
});
