import {byteText} from "./byte-text.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {openKeptStore} from "./open-kept-store.ts";
import {previewFolders} from "./preview-folders.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";

/** Says how much is stored. */
export async function showStore(root: string, {json = false}: ResultOptions): Promise<number> {
  const statistics = openKeptStore(root).statistics();
  const {objects, objectBytes, entries, runs, quarantined, quarantinedBytes, codeRecords, codeRecordBytes, unreferencedBytes} = statistics;
  const places = previewFolders(root);
  const previewBytes = places.reduce((sum, {bytes}) => sum + bytes, 0);
  printResult({json}, {...statistics, previews: places.length, previewBytes}, [
    `${counted(objects, "object")}, ${byteText(objectBytes)}; ${counted(entries, "index entry", "index entries")}`,
    ...runs.map(({name, bytes}) => `  ${name} needs ${byteText(bytes)}`),
    `${counted(codeRecords, "record of code", "records of code")}, ${byteText(codeRecordBytes)}`,
    ...(places.length === 0 ? [] : [`${counted(places.length, "folder of a preview", "folders of previews")}, ${byteText(previewBytes)}`]),
    `${byteText(unreferencedBytes)} that no kept run needs${unreferencedBytes === 0 ? "" : "; npm run prune removes them"}`,
    ...(quarantined === 0 ? [] : [`${counted(quarantined, "damaged file")} in quarantine, ${byteText(quarantinedBytes)}`])
  ]);
  return exitCodes.done;
}
