import {meanFieldNetworkVerdicts, meanFieldSizeVerdicts, meanFieldStartVerdicts, scalarMeanFieldVerdicts} from "../src/papers/stochastic-modified-flows/index.ts";
import type {MeanFieldSize, MeanFieldStart, MeanFieldWeakError, ScalarMeanFieldError} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// E4.4 and E4.5, judged by the rules of src/papers/stochastic-modified-flows/claims.
export default defineTable({
  title: "Verdicts on the mean-field flow",
  inputs: ["flows-mean-field-scalar", "flows-mean-field-network", "flows-mean-field-sizes", "flows-mean-field-starts"],
  columns: verdictColumns,
  run: ({input}) => [
    ...scalarMeanFieldVerdicts(input<ScalarMeanFieldError>("flows-mean-field-scalar")),
    ...meanFieldNetworkVerdicts(input<MeanFieldWeakError>("flows-mean-field-network")),
    ...meanFieldSizeVerdicts(input<MeanFieldSize>("flows-mean-field-sizes")),
    ...meanFieldStartVerdicts(input<MeanFieldStart>("flows-mean-field-starts"))
  ]
});
