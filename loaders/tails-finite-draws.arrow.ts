import {finiteDataDraws, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {drawColumns} from "./tails-finite-columns.ts";

// E2.4: one coordinate of independent chains of SGD, for fits and their tests.
export default defineExperimentTable({
  title: "One coordinate of SGD at the end of independent chains on finite data",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData"},
  columns: drawColumns,
  experiment: finiteDataDraws
});
