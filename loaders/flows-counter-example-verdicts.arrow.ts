import {coupledPointVerdicts, multiplicativeErrorVerdicts} from "../src/papers/stochastic-modified-flows/index.ts";
import type {MultiplicativeError, PairMean} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// E4.2, judged by the rules of src/papers/stochastic-modified-flows/claims.
export default defineTable({
  title: "Verdicts on the scalar example",
  inputs: ["flows-products", "flows-coupled-means"],
  columns: verdictColumns,
  run: ({input}) => [...multiplicativeErrorVerdicts(input<MultiplicativeError>("flows-products")), ...coupledPointVerdicts(input<PairMean>("flows-coupled-means"))]
});
