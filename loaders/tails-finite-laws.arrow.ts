import {lawFits, parameterSections} from "../src/papers/heavy-tails/index.ts";
import {defineExperimentTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E2.4: laws fitted to one coordinate of SGD, compared on held-out chains and tested by parametric bootstrap.
export default defineExperimentTable({
  title: "Laws fitted to one coordinate of SGD, held-out likelihoods and goodness of fit",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "lawFits"},
  inputs: ["tails-finite-tested-draws"],
  columns: {
    dataSet: text("stream, plane or digits"),
    law: text("Student, skew Student (Pearson IV), stable or normal"),
    tailIndex: realOrNull("Index of the law's power tail, null where it has none"),
    skewness: realOrNull("Skewness in the convention of the family, null for a symmetric one"),
    location: real("Location"),
    scale: real("Scale"),
    aic: real("Akaike's criterion on the fitted draws"),
    heldOut: real("Mean log likelihood of a held-out draw", "nats"),
    difference: real("The same less Student's", "nats"),
    differenceLow: real("Lower end of its 95 % interval", "nats"),
    differenceHigh: real("Upper end of its 95 % interval", "nats"),
    distance: real("Kolmogorov–Smirnov distance of the fitted draws"),
    tabulatedPValue: real("Tabulated p-value, which takes the fitted law for known"),
    distancePValue: realOrNull("p-value of the distance by parametric bootstrap, null for laws that are not tested"),
    andersonDarlingPValue: realOrNull("The same by Anderson and Darling's distance"),
    detectableDistance: realOrNull("Distance between laws that the test would show with chance 0.8"),
    fitted: integer("Draws that laws are fitted to"),
    heldOutDraws: integer("Draws that they are compared on"),
    total: integer("Chains run")
  },
  experiment: lawFits
});
