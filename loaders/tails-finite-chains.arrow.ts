import {finiteDataChains, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable} from "../src/pipeline/index.ts";
import {distanceBlockColumns} from "./tails-columns.ts";
import {finiteChainColumns} from "./tails-finite-columns.ts";

// E2.4: distances of independent chains from their mean, block by block.
export default defineExperimentTable({
  title: "Distances of chains of SGD and hSGD from their mean on finite data, in blocks",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData"},
  columns: {...finiteChainColumns, ...distanceBlockColumns("2,000", "|X − E X|", "float64")},
  experiment: finiteDataChains
});
