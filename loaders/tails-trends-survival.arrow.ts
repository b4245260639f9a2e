import {trendSurvival} from "../src/papers/heavy-tails/index.ts";
import type {TrendPoint} from "../src/papers/heavy-tails/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";
import {survivalColumns} from "./tails-columns.ts";

// E2.3: survival functions as one parameter varies.
export default defineTable({
  title: "Survival functions of SGD and hSGD as one parameter varies",
  inputs: ["tails-trends-sample"],
  columns: {varied: text("step size, batch size, ridge, or dimension"), value: real("Its value"), process: text("SGD or hSGD"), ...survivalColumns},
  run: ({input}) => trendSurvival(input<TrendPoint>("tails-trends-sample"))
});
