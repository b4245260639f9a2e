import {incrementRatios, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.6: how much of each predicted covariance single steps of SGD have.
export default defineTable({
  title: "Share of two predicted covariances in the increments of SGD",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData"},
  columns: {
    problem: text("one weight or two weights"),
    separation: real("s of the points x and x + s(y − x)"),
    draws: integer("Single steps"),
    flowRatio: real("⟨measured, E G(x)G(y)ᵀ⟩ over the square of the prediction"),
    flowError: real("Its standard error"),
    equationRatio: real("⟨measured, Σ½(x)Σ½(y)⟩ over the square of the prediction"),
    equationError: real("Its standard error"),
    exactEquationRatio: real("The same with the exact covariance (ours)"),
    relativeDifference: real("Norm of the difference of both predictions over that of the flow's")
  },
  run: ({parameters, context}) => incrementRatios(parameters, context)
});
