import type {Preset} from "../parameters.ts";
import {compareRuns} from "./compare-runs.ts";
import type {RunParameterChange} from "./run-parameter-changes.ts";
import type {RunRecord} from "./run-record.ts";
import type {ReadTable} from "./run-tables-reader.ts";
import type {VerdictChange} from "./verdict-changes.ts";

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

/**
 * What the pages are told of the kept runs: how each differs from the shown
 * one. A kept run of the shown run's name, which is the shown run or what it
 * takes the place of, is left out, and so is a run without a name.
 */
export function runsForPages(shown: RunRecord, kept: readonly RunRecord[], readTable: ReadTable): PageRuns {
  const pageRun = (run: RunRecord): readonly PageRun[] => {
    if (run.name === null || run.name === shown.name) return [];
    const {parameters, tables, tablesOnlyIn, verdicts} = compareRuns(shown, run, readTable);
    const missingTables = tablesOnlyIn.first;
    return [{name: run.name, preset: run.preset, parameters, tables: tables.filter((table) => !missingTables.includes(table)), missingTables, verdicts}];
  };
  const runs = kept.flatMap(pageRun).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {shown: {name: shown.name, preset: shown.preset}, kept: runs};
}
