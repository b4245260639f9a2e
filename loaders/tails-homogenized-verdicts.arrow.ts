import {homogenizedVerdicts, parameterSections} from "../src/papers/heavy-tails/index.ts";
import type {HomogenizedTailRow, MomentRow, StationaryLawRow} from "../src/papers/heavy-tails/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on hSGD itself, judged by the rules of src/papers/heavy-tails/claims.
export default defineTable({
  title: "Verdicts on the tails, the law and the moments of hSGD",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails", reads: ["cells", "pearson"]},
  inputs: ["tails-homogenized", "tails-stationary-law", "tails-homogenized-moments"],
  columns: verdictColumns,
  run: ({parameters, input}) => homogenizedVerdicts(input<HomogenizedTailRow>("tails-homogenized"), input<StationaryLawRow>("tails-stationary-law"), input<MomentRow>("tails-homogenized-moments"), parameters)
});
