import {ordersOfErrors} from "../src/papers/stochastic-modified-flows/index.ts";
import type {WeakError} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// Local slopes of the weak errors, with their limit by Richardson's extrapolation.
export default defineTable({
  title: "Local orders of the weak errors and their limits",
  inputs: ["flows-weak-errors"],
  columns: {
    points: integer("Points of the statistic"),
    standIn: text("What is put in SGD's place"),
    kind: text("local, or limit"),
    stepSize: real("Geometric mean of the two step sizes of a local slope; 0 for the limit"),
    slope: real("d log error / d log η"),
    uncertainty: real("How far the limit moves without the smallest step size; 0 for local slopes")
  },
  run: ({input}) => ordersOfErrors(input<WeakError>("flows-weak-errors"))
});
