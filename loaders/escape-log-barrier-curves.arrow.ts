import {barrierCurves, parameterSections} from "../src/papers/power-law-escape/index.ts";
import {defineTable, real, text} from "../src/pipeline/index.ts";

// E0.1: three laws of the mean escape time as curves over the loss ratio.
export default defineTable({
  title: "Laws of the mean escape time over a log-loss barrier",
  parameters: {paper: "power-law-escape", sections: parameterSections, section: "logBarrierEscape", reads: ["temperatures", "lossRatios"]},
  columns: {
    temperature: real("T = η h*/B"),
    law: text("exact integral (ours), paper, or Arrhenius with frozen noise"),
    lossRatio: real("c = L(saddle)/L(minimum)"),
    time: real("Mean escape time t", "8/h*")
  },
  run: ({parameters}) => barrierCurves(parameters.temperatures, parameters.lossRatios)
});
