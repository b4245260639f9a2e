import {Dictionary, RecordBatch, Schema, Struct, Table, Utf8, makeData, tableFromIPC, tableToIPC, vectorFromArray} from "apache-arrow";
import type {Data, Field, Vector} from "apache-arrow";
import {checkArrowStream, fieldsOf} from "./arrow-table.ts";
import type {Columns} from "./columns.ts";

/** Streams joined to one. */
export interface JoinedStreams {
  readonly bytes: Uint8Array;
  /** How many rows they have together. */
  readonly rows: number;
}

type Part = Data & {readonly values: Float64Array | Int32Array | Uint8Array; readonly nullBitmap: Uint8Array | undefined};

/** Bytes of so many bits in a buffer of Arrow's builders, which end at whole blocks of 64. */
const bytesOfBits = (bits: number): number => 64 * Math.ceil(bits / 512);

/** Bits in the order of Arrow, the least significant first, written part by part. */
function joinBits(parts: readonly {readonly bits: Uint8Array | null; readonly length: number}[], length: number): Uint8Array {
  const joined = new Uint8Array(bytesOfBits(length));
  let at = 0;
  for (const {bits, length: count} of parts) {
    for (let i = 0; i < count; i++, at++) if (bits === null || (bits[i >> 3]! >> (i & 7)) & 1) joined[at >> 3]! |= 1 << (at & 7);
  }
  return joined;
}

/** Joins the codes of text columns, each with words of its own, to codes of the words of all, in the order in which rows name them. */
function joinText(parts: readonly Part[], length: number): {readonly codes: Int32Array; readonly words: readonly string[]} {
  const codes = new Int32Array(length);
  const codeOf = new Map<string, number>();
  let at = 0;
  for (const part of parts) {
    const words = Array.from(part.dictionary as Vector<Utf8>, String);
    const joined = new Int32Array(words.length).fill(-1);
    for (let i = 0; i < part.length; i++) {
      const code = part.values[i]!;
      if (joined[code] === -1) {
        const word = words[code]!;
        if (!codeOf.has(word)) codeOf.set(word, codeOf.size);
        joined[code] = codeOf.get(word)!;
      }
      codes[at++] = joined[code]!;
    }
  }
  return {codes, words: [...codeOf.keys()]};
}

function joinColumn({type}: Field, column: Columns[string], parts: readonly Part[], length: number): Data {
  const nullCount = parts.reduce((sum, part) => sum + part.nullCount, 0);
  const nullBitmap = nullCount === 0 ? {} : {nullBitmap: joinBits(parts.map((part) => ({bits: part.nullCount === 0 ? null : part.nullBitmap!, length: part.length})), length)};
  const common = {length, nullCount, ...nullBitmap};
  if (column.type === "text") {
    const {codes, words} = joinText(parts, length);
    return makeData({type: type as Dictionary<Utf8>, ...common, data: codes, dictionary: vectorFromArray(words, new Utf8())});
  }
  if (column.type === "flag") return makeData({type, ...common, data: joinBits(parts.map((part) => ({bits: part.values as Uint8Array, length: part.length})), length)} as never);
  const data = column.type === "real" ? new Float64Array(length) : new Int32Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part.values.subarray(0, part.length), at);
    at += part.length;
  }
  return makeData({type, ...common, data} as never);
}

/**
 * Joins the rows of streams that `encodeRows` wrote, column by column: the bytes are those that `encodeRows` gives for all rows.
 * @param where names the table in what is said of a damaged stream
 * @throws RangeError for a stream that is not whole
 */
export function joinStreams(where: string, columns: Columns, streams: readonly Uint8Array[]): JoinedStreams {
  const batches = streams.flatMap((bytes) => {
    checkArrowStream(bytes, where);
    return tableFromIPC(bytes).batches;
  });
  const rows = batches.reduce((sum, {numRows}) => sum + numRows, 0);
  if (streams.length === 1) return {bytes: streams[0]!, rows};
  const fields = fieldsOf(columns, false);
  const children = fields.map((field, i) => joinColumn(field, columns[field.name]!, batches.map(({data}) => data.children[i] as Part), rows));
  const schema = new Schema([...fields]);
  const data = makeData({type: new Struct(schema.fields), length: rows, nullCount: 0, children});
  return {bytes: tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream"), rows};
}
