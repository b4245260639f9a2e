import {keptRunRecords, openRun, runParameterChanges} from "../pipeline/index.ts";
import type {RunRecord, Store} from "../pipeline/index.ts";
import {byteText} from "./byte-text.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {openKeptStore} from "./open-kept-store.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";

/** A kept run as it is listed. */
export interface ListedRun {
  readonly name: string;
  readonly preset: string;
  readonly tables: number;
  /** How many parameters differ from the last run of its preset; null if there was none. */
  readonly differs: number | null;
  /** Size of all objects that it needs, shared ones too. */
  readonly bytes: number;
}

function latestOf(store: Store, preset: string): RunRecord | undefined {
  const name = `latest-${preset}`;
  return store.runs().some((run) => run.name === name) ? openRun(store, name) : undefined;
}

/** The runs that a person named, sorted by name. */
export function listRuns(store: Store, warn: (line: string) => void): readonly ListedRun[] {
  const bytes = new Map(store.statistics().runs.map((run) => [run.name, run.bytes]));
  return keptRunRecords(store, warn).map(({name, preset, parameters, tables}) => {
    const latest = latestOf(store, preset);
    return {name: name!, preset, tables: Object.keys(tables).length, differs: latest === undefined ? null : runParameterChanges(latest.parameters, parameters).length, bytes: bytes.get(name!) ?? 0};
  });
}

/** Lists the kept runs. */
export async function showRuns(root: string, {json = false}: ResultOptions): Promise<number> {
  const runs = listRuns(openKeptStore(root), (line) => console.error(line));
  const widest = Math.max(0, ...runs.map(({name}) => name.length));
  const lines = runs.map(({name, preset, tables, differs, bytes}) => `${name.padEnd(widest)}  ${preset}  ${counted(tables, "table")}  ${byteText(bytes)}  ${differs === null ? `no last run of ${preset} to compare with` : `${counted(differs, "parameter")} other than the last run of ${preset}`}`);
  printResult({json}, runs, lines.length === 0 ? ["no run is kept; npm run build -- --name <run> keeps one"] : lines);
  return exitCodes.done;
}
