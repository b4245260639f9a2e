import {homogenizedSurvival, parameterSections} from "../src/papers/heavy-tails/index.ts";
import type {CellTailPoint} from "../src/papers/heavy-tails/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";
import {survivalColumns} from "./tails-columns.ts";

// E2.1: survival functions of hSGD beside Student's laws at both bounds, which meet them where 5 % lie above.
export default defineTable({
  title: "Survival functions of hSGD and Student's laws at both bounds",
  parameters: {paper: "heavy-tails", sections: parameterSections, section: "homogenizedTails", reads: ["cells"]},
  inputs: ["tails-homogenized-sample"],
  columns: {cell: text("Quadratic and step"), ...survivalColumns, studentLower: real("Student's law with η_* degrees of freedom"), studentUpper: real("Student's law with η^* degrees of freedom")},
  run: ({parameters, input}) => homogenizedSurvival(input<CellTailPoint>("tails-homogenized-sample"), parameters)
});
