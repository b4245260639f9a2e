import {multiplicativeErrors, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, realOrNull, text} from "../src/pipeline/index.ts";

// E4.2: products of points in the scalar example, in closed form.
export default defineTable({
  title: "Products of one, two and three points of the scalar example over the step size",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "counterExample"},
  columns: {
    points: integer("Points of the product"),
    standIn: text("What is put in SGD's place: modified flow, modified equation or gradient flow"),
    stepSize: real("η = T/n"),
    sgd: real("𝔼 of the product under SGD"),
    moment: real("𝔼 of the product under the stand-in"),
    error: real("Their distance"),
    leadingError: realOrNull("Leading term of the modified equation's error for a pair; null otherwise")
  },
  run: ({parameters}) => multiplicativeErrors(parameters)
});
