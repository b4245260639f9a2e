import {finiteDataNorms, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real} from "../src/pipeline/index.ts";
import {finiteChainColumns} from "./tails-finite-columns.ts";

// E2.4: distances of independent chains from their mean; all of the tail, about 120 order statistics of the rest.
export default defineExperimentTable({
  title: "Distances of chains of SGD and hSGD from their mean on finite data, sorted",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData"},
  inputs: ["tails-finite-chains"],
  columns: {
    ...finiteChainColumns,
    above: integer("Chains at this distance or farther"),
    distance: real("|X − E X|")
  },
  experiment: finiteDataNorms
});
