import {parameterSections, toyOvershoot} from "../src/papers/parameter-averaging/index.ts";
import {defineExperimentTable, real} from "../src/pipeline/index.ts";

// E3.1: exact displacements of long averages and of the smoothed minimiser.
export default defineExperimentTable({
  title: "Displacement of long averages over that of the smoothed minimiser, asymmetric valley",
  parameters: {paper: "parameter-averaging", sections: parameterSections, section: "toys"},
  columns: {
    stepSize: real("η"),
    minimiser: real("w*"),
    smoothedMinimiser: real("v*"),
    mean: real("E w"),
    ratio: real("(E w − w*)/(v* − w*)"),
    leading: real("1/(2η f″(w*)), its leading order")
  },
  experiment: toyOvershoot
});
