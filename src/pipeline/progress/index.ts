export {durationText} from "./duration-text.ts";
export {reportProgress} from "./report-progress.ts";
export type {ProgressEffects, ProgressPlace, ProgressReport} from "./report-progress.ts";
