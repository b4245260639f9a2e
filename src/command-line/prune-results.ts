import {byteText} from "./byte-text.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {openKeptStore} from "./open-kept-store.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";

/** Removes what no kept run needs, or with `dryRun` says what that is. */
export async function pruneResults(root: string, {json = false, dryRun = false}: ResultOptions & {readonly dryRun?: boolean}): Promise<number> {
  const pruned = openKeptStore(root).prune({dryRun});
  const {removedObjects, removedEntries, removedQuarantined, freedBytes} = pruned;
  printResult({json}, pruned, [`${dryRun ? "would remove" : "removed"} ${counted(removedObjects, "object")}, ${counted(removedEntries, "index entry", "index entries")} and ${counted(removedQuarantined, "damaged file")}: ${byteText(freedBytes)}`]);
  return exitCodes.done;
}
