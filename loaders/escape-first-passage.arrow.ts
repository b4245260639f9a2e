import {parameterSections, summarizePassages} from "../src/papers/power-law-escape/index.ts";
import type {LossPassage, PassageReferenceRow} from "../src/papers/power-law-escape/index.ts";
import {defineTable, integer, real, realOrNull} from "../src/pipeline/index.ts";
import {divergenceColumns} from "./escape-columns.ts";

// E0.3: mean first-passage times of SGD beside its exact chain (one dimension)
// and two diffusions: the paper's and the one with the exact covariance.
export default defineTable({
  title: "Mean first-passage times of SGD over dimension and loss ratio",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "firstPassage", reads: ["stepSize"]},
  inputs: ["escape-loss-passages", "escape-first-passage-references"],
  columns: {
    dimension: integer("d"),
    lossRatio: real("c = L/L*"),
    measured: realOrNull("Mean time t = η k, censored replicas by likelihood"),
    low: realOrNull("Lower end of its 95 % interval"),
    high: realOrNull("Upper end of its 95 % interval"),
    crossed: integer("Replicas that reached the level"),
    replicas: integer("Replicas run"),
    ...divergenceColumns,
    exact: realOrNull("Exact mean time of SGD's own chain, in one dimension (ours)"),
    gridError: realOrNull("Relative change of the exact time from half as many cells"),
    decoupledDiffusion: real("Exact mean time of the paper's diffusion (radial equation)"),
    exactCovarianceDiffusion: real("Exact mean time of the diffusion with the exact covariance (ours)")
  },
  run: ({parameters, input}) => summarizePassages(input<LossPassage>("escape-loss-passages"), input<PassageReferenceRow>("escape-first-passage-references"), parameters)
});
