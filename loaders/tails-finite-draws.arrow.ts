import {finiteDataDraws, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E2.4: one coordinate of independent chains of SGD, for fits and their tests.
export default defineTable({
  title: "One coordinate of SGD at the end of independent chains on finite data",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "finiteData"},
  imageSets: () => ["digits"],
  columns: {
    dataSet: text("stream, plane or digits"),
    stepRatio: real("γ/γ̃"),
    chain: integer("Chain of the cell"),
    use: text("fit: laws are fitted to it; held out: they are compared on it"),
    position: realOrNull("Coordinate along the eigenvector of λ₁, from its mean; null where the chain diverged")
  },
  run: ({parameters, images, context}) => finiteDataDraws(parameters, images("digits"), context)
});
