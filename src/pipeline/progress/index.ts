export {durationText} from "./duration-text.ts";
export {followProgress} from "./progress-state.ts";
export type {ProgressState, TableState} from "./progress-state.ts";
export {runningText} from "./progress-text.ts";
export {reportProgress} from "./report-progress.ts";
export type {ProgressEffects, ProgressPlace, ProgressReport} from "./report-progress.ts";
