import type {Preset} from "../parameters.ts";
import {runParameterChanges} from "./run-parameter-changes.ts";
import type {RunParameterChange} from "./run-parameter-changes.ts";
import type {RunRecord} from "./run-record.ts";
import type {ReadTable} from "./run-tables-reader.ts";
import {verdictChanges} from "./verdict-changes.ts";
import type {OnlyIn, VerdictComparison} from "./verdict-changes.ts";

/** What sets two runs apart: plain JSON. */
export interface RunComparison extends VerdictComparison {
  readonly first: {readonly name: string | null; readonly preset: Preset};
  readonly second: {readonly name: string | null; readonly preset: Preset};
  readonly parameters: readonly RunParameterChange[];
  /** Tables whose rows differ or that only one run has, sorted. */
  readonly tables: readonly string[];
  /** Those of them that only one run has; a table that failed is none. */
  readonly tablesOnlyIn: OnlyIn;
}

const contentOf = ({tables}: RunRecord, table: string): string | undefined => {
  const found = Object.hasOwn(tables, table) ? tables[table]! : undefined;
  return found === undefined || "error" in found ? undefined : found.content;
};

/**
 * What sets the run `second` apart from the run `first`: parameters, tables
 * and, out of their tables `verdicts`, what they say about each claim.
 */
export function compareRuns(first: RunRecord, second: RunRecord, readTable: ReadTable): RunComparison {
  const all = [...new Set([...Object.keys(first.tables), ...Object.keys(second.tables)])].sort();
  const tables = all.filter((table) => contentOf(first, table) !== contentOf(second, table));
  const lacking = (run: RunRecord) => tables.filter((table) => contentOf(run, table) === undefined);
  const label = ({name, preset}: RunRecord) => ({name, preset});
  const same = contentOf(first, "verdicts") !== undefined && !tables.includes("verdicts");
  return {
    first: label(first),
    second: label(second),
    parameters: runParameterChanges(first.parameters, second.parameters),
    tables,
    tablesOnlyIn: {first: lacking(second), second: lacking(first)},
    ...(same ? verdictChanges([], []) : verdictChanges(readTable(first, "verdicts"), readTable(second, "verdicts")))
  };
}
