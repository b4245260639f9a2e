import {openStore, runTablesReader, runsForPages} from "../pipeline/index.ts";
import type {Manifest} from "../pipeline/index.ts";
import type {ComparedRun} from "../site/index.ts";

/** The kept runs of a manifest, as pages compare them with the shown one. */
export function comparedRuns({store, run, kept}: Manifest): readonly ComparedRun[] {
  return kept.length === 0 ? [] : runsForPages(run, kept, runTablesReader(openStore(store, (line) => console.error(line)))).kept;
}
