import type {ProjectDescription} from "../describe/index.ts";
import type {Manifest} from "../manifest.ts";
import type {Preset} from "../parameters.ts";
import type {RunTable} from "../runs/index.ts";
import {entryName} from "../store/index.ts";
import type {SettledTables} from "./settle-tables.ts";

/** How a run of the tables ended. */
export interface RunReport {
  readonly manifest: Manifest;
  readonly computed: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly string[];
  /** Pieces of experiments that were computed and that were there. */
  readonly pieces: {readonly computed: number; readonly known: number};
}

/** Tables that failed for the same reason are told of together. */
function logFailures({found}: SettledTables, failed: readonly string[], log: (line: string) => void): void {
  const sharing = new Map<string, string[]>();
  for (const name of failed) {
    const {error} = found.get(name) as {error: string};
    sharing.set(error, [...(sharing.get(error) ?? []), name]);
  }
  for (const [error, tables] of sharing) log(`${tables.length > 3 ? `${tables.length} tables` : `table ${tables.join(", ")}`} failed: ${error}`);
}

/** The report of a run whose tables are settled; `log` hears of those that failed. */
export function runReport(settled: SettledTables, {tables: described, parameters}: ProjectDescription, {names, preset, folder}: {readonly names: readonly string[]; readonly preset: Preset; readonly folder: string}, log: (line: string) => void): RunReport {
  const {found, pieces} = settled;
  const failed = names.filter((name) => "error" in found.get(name)!).sort();
  const isNew = (name: string): boolean | undefined => (found.get(name) as {isNew?: boolean}).isNew;
  logFailures(settled, failed, log);
  const tables = Object.fromEntries(
    names.map((name): readonly [string, RunTable] => {
      const table = found.get(name)!;
      return [name, "error" in table ? table : {object: table.entry.object, content: table.content, csv: table.csv}];
    })
  );
  const entries = [...new Set([...found.values()].flatMap((table) => ("error" in table ? [] : table.entries.map((entry) => entryName(entry)))))].sort();
  const papers = new Set(names.flatMap((name) => (described[name] as {paper?: string | null}).paper ?? []));
  const taken = Object.fromEntries([...papers].sort().map((paper) => [paper, parameters[paper]!]));
  return {
    manifest: {store: folder, run: {version: 1, name: null, preset, parameters: taken, tables, entries}, kept: []},
    computed: names.filter((name) => isNew(name) === true).sort(),
    kept: names.filter((name) => isNew(name) === false).sort(),
    failed,
    pieces
  };
}
