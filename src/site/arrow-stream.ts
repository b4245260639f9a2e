import {RecordBatchReader} from "apache-arrow";

const fileMagic = "ARROW1";
const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/**
 * Checks that bytes are one whole Arrow IPC stream and counts its rows. DuckDB-Wasm takes a file-format or cut
 * table without a word, and a stream cut between two batches reads as half the rows; both are refused here, by
 * the end-of-stream mark that every complete stream ends with.
 *
 * @param name how the table is called in an error.
 * @returns the number of rows.
 * @throws when the bytes are empty, in Arrow's file format, cut, or not Arrow.
 */
export function countArrowStreamRows(name: string, bytes: Uint8Array): number {
  const refuse = (found: string, cause?: unknown) =>
    new Error(`table "${name}": expected an Arrow IPC stream, found ${found} (${bytes.length} bytes)`, {cause});
  if (bytes.length === 0) throw refuse("nothing");
  if (new TextDecoder("latin1").decode(bytes.subarray(0, fileMagic.length)) === fileMagic) throw refuse("Arrow's file format");
  if (!startsLikeStream(bytes)) throw refuse(`bytes that start with ${describeStart(bytes)}`);
  const tail = bytes.subarray(-endOfStream.length);
  if (!endOfStream.every((byte, index) => byte === tail[index])) throw refuse("a stream that is cut: its end mark is missing");
  let rows = 0;
  try {
    const reader = RecordBatchReader.from(bytes).open();
    if (reader.schema.fields.length === 0) throw new Error("it has no columns");
    for (const batch of reader) rows += batch.numRows;
  } catch (error) {
    throw refuse(`a damaged stream: ${(error as Error).message}`, error);
  }
  return rows;
}

function startsLikeStream(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && bytes.subarray(0, 4).every((byte) => byte === 0xff);
}

function describeStart(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder("latin1").decode(bytes.subarray(0, 16)));
}
