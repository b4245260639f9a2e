import {parameterSections, sideBySideVerdicts} from "../src/papers/one-noise-model/index.ts";
import type {Answer, AnswerOrder, MeasuredAnswer} from "../src/papers/one-noise-model/index.ts";
import {defineTable, verdictColumns} from "../src/pipeline/index.ts";

// The five dynamics side by side, judged by the rules of src/papers/one-noise-model/claims.
export default defineTable({
  title: "Verdicts on the dynamics of five papers side by side",
  parameters: {paper: "one-noise-model", sections: parameterSections, section: "sideBySide", reads: ["horizon", "start", "oppositeStart"]},
  inputs: ["joint-dynamics", "joint-dynamics-orders", "joint-dynamics-measured"],
  columns: verdictColumns,
  run: ({parameters, input}) => sideBySideVerdicts({answers: input<Answer>("joint-dynamics"), orders: input<AnswerOrder>("joint-dynamics-orders"), measured: input<MeasuredAnswer>("joint-dynamics-measured"), parameters})
});
