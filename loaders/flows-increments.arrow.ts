import {incrementCovariances, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// E4.6: covariance of single steps of SGD at two points beside both predictions.
export default defineExperimentTable({
  title: "Covariance of the increments of SGD at two points",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "finiteData"},
  columns: {
    problem: text("one weight or two weights"),
    separation: real("s of the points x and x + s(y − x)"),
    row: integer("Coordinate of the increment at the first point, from 1"),
    column: integer("Coordinate of the increment at the second point, from 1"),
    draws: integer("Single steps"),
    measured: real("Measured covariance over η²"),
    standardError: real("Its standard error"),
    flow: real("E G(x)G(y)ᵀ, the modified flow's"),
    equation: real("Σ½(x)Σ½(y), the modified equation's"),
    flowRatio: real("⟨measured, E G(x)G(y)ᵀ⟩ over the square of the prediction, one number a pair of points"),
    flowError: real("Its standard error"),
    equationRatio: real("⟨measured, Σ½(x)Σ½(y)⟩ over the square of the prediction"),
    equationError: real("Its standard error"),
    exactEquationRatio: real("The same with the exact covariance (ours)")
  },
  experiment: incrementCovariances
});
