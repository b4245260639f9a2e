import {parameterSections, toyBoundVerdicts, toyDistanceVerdicts, toyLawVerdicts, toyOvershootVerdicts, toySelectionVerdicts} from "../src/papers/parameter-averaging/index.ts";
import type {ToyBlock, ToyDistance, ToyOvershoot, ToyReference, ToyTransition} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The claims on objectives of one and two weights, judged by the rules of src/papers/parameter-averaging/claims.
export default defineTable({
  title: "Verdicts on averaging where the laws are exact",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys", reads: ["asymmetricValley"]},
  inputs: ["averaging-toy-references", "averaging-toy-blocks", "averaging-toy-distances", "averaging-toy-transitions", "averaging-toy-overshoot"],
  columns: verdictColumns,
  run: ({input, parameters}) => {
    const references = input<ToyReference>("averaging-toy-references");
    const distances = input<ToyDistance>("averaging-toy-distances");
    return [
      ...toyLawVerdicts(distances, references),
      ...toyDistanceVerdicts(input<ToyBlock>("averaging-toy-blocks"), distances, references, parameters.asymmetricValley.fittedBelow),
      ...toyBoundVerdicts(distances, references),
      ...toySelectionVerdicts(distances, input<ToyTransition>("averaging-toy-transitions")),
      ...toyOvershootVerdicts(input<ToyOvershoot>("averaging-toy-overshoot"), distances, references)
    ];
  }
});
