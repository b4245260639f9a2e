import {momentGrowth, parameterSections} from "../src/papers/stochastic-modified-flows/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

// Growth of the moments of the scalar example over their order.
export default defineTable({
  title: "Growth rates of moments of SGD and of its modified flow",
  parameters: {paper: "stochastic-modified-flows", sections: parameterSections, section: "flowHorizon", reads: ["noise", "stepSize", "momentOrders"]},
  columns: {
    order: integer("m, order of the moment"),
    process: text("SGD or modified flow"),
    rate: real("(1/t) log 𝔼 |Z|^m"),
    criticalOrder: real("Order from which on moments of the flow grow")
  },
  run: ({parameters}) => momentGrowth(parameters)
});
