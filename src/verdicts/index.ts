export {inconclusive, judgeValue} from "./judge-value.ts";
export type {Margins, Measurement} from "./judge-value.ts";
export type {Claim, Finding, Outcome, SourceKind, Verdict} from "./verdict.ts";
