import {networkVerdicts} from "../src/papers/parameter-averaging/index.ts";
import type {NetworkTrainingRow, TrainedNetwork} from "../src/papers/parameter-averaging/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

const judged = ["teacher", "narrow", "dense", "convolution"] as const satisfies readonly TrainedNetwork[];
const tableOf = (name: TrainedNetwork) => `averaging-network-${name}`;

// The claims on averaging, step size and sharpness of networks, judged by the rules of src/papers/parameter-averaging/claims.
export default defineTable({
  title: "Verdicts on parameter averaging of networks",
  inputs: judged.map(tableOf),
  columns: verdictColumns,
  run: ({input}) => judged.flatMap((name) => networkVerdicts(name, input<NetworkTrainingRow>(tableOf(name))))
});
