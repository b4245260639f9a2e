import type {Preset} from "../parameters.ts";
import type {RunParameterChange, VerdictChange} from "./compare-runs.ts";

/** A kept run as the pages compare it with the shown one: `first` is the shown run's value, `second` the kept run's. */
export interface PageRun {
  readonly name: string;
  readonly preset: Preset;
  /** In the order of the parameter files; a value that one run does not have is absent. */
  readonly parameters: readonly RunParameterChange[];
  /** Tables that the kept run has and whose rows differ from the shown run's, or that the shown run has not; sorted. */
  readonly tables: readonly string[];
  /** Tables of the shown run that the kept run has not, or that failed in it; sorted. */
  readonly missingTables: readonly string[];
  /** Claims about which the two runs say different things, changes of outcome first. */
  readonly verdicts: readonly VerdictChange[];
}

/** What `data/runs.json` holds: the kept runs, sorted by name, without the shown one. */
export interface PageRuns {
  readonly shown: {readonly name: string | null; readonly preset: Preset};
  readonly kept: readonly PageRun[];
}
