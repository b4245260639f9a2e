import {checkName, checkPreset, compareRuns, diffLines, openRun, runTablesReader} from "../pipeline/index.ts";
import {exitCodes} from "./exit-codes.ts";
import {openKeptStore} from "./open-kept-store.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";

/** Says what sets two kept runs apart; `latest` is the last run of the preset. */
export async function diffRuns(root: string, names: readonly string[], {json = false, preset}: ResultOptions & {readonly preset: string}): Promise<number> {
  if (names.length !== 2) throw new RangeError(`diff: expected two runs, found ${names.length}`);
  for (const name of names) checkName(name, "run");
  const store = openKeptStore(root);
  const runs = names.map((name) => openRun(store, name === "latest" ? `latest-${checkPreset(preset)}` : name));
  const comparison = compareRuns(runs[0]!, runs[1]!, runTablesReader(store));
  printResult({json}, comparison, diffLines(comparison));
  return exitCodes.done;
}
