import {rmSync} from "node:fs";
import {byteText} from "./byte-text.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {holdPort} from "./hold-port.ts";
import {openKeptStore} from "./open-kept-store.ts";
import {previewFolders} from "./preview-folders.ts";
import type {PreviewPlace} from "./preview-folders.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";

/** The folders of previews that have ended, and their ports, which no preview gets until they are released. */
async function holdEndedPreviews(root: string): Promise<{readonly ended: readonly PreviewPlace[]; readonly release: () => Promise<unknown>}> {
  const places = previewFolders(root);
  const held = await Promise.all(places.map(({port}) => holdPort(port).catch(() => undefined)));
  return {ended: places.filter((_, i) => held[i] !== undefined), release: () => Promise.all(held.map((port) => port?.release()))};
}

/**
 * Removes what no kept run needs and the folders of previews that have ended, or
 * with `dryRun` says what that is. A preview has its port from its start to its end, and is
 * entered in the store while it shows anything.
 */
export async function pruneResults(root: string, {json = false, dryRun = false}: ResultOptions & {readonly dryRun?: boolean}): Promise<number> {
  const {ended, release} = await holdEndedPreviews(root);
  try {
    const pruned = openKeptStore(root).prune({dryRun});
    if (!dryRun) for (const {folder} of ended) rmSync(folder, {recursive: true, force: true});
    const {removedObjects, removedEntries, removedQuarantined, removedCodeRecords} = pruned;
    const freedBytes = ended.reduce((sum, {bytes}) => sum + bytes, pruned.freedBytes);
    const what = [
      counted(removedObjects, "object"),
      counted(removedEntries, "index entry", "index entries"),
      counted(removedQuarantined, "damaged file"),
      counted(removedCodeRecords, "record of code", "records of code"),
      counted(ended.length, "folder of an ended preview", "folders of ended previews")
    ];
    printResult({json}, {...pruned, removedPreviews: ended.length, freedBytes}, [`${dryRun ? "would remove" : "removed"} ${what.slice(0, -1).join(", ")} and ${what.at(-1)}: ${byteText(freedBytes)}`]);
    return exitCodes.done;
  } finally {
    await release();
  }
}
