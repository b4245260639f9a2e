import {Bool, Dictionary, Field, Float64, Int32, RecordBatch, RecordBatchReader, Schema, Struct, Table, Utf8, makeData, tableFromIPC, tableToIPC, vectorFromArray} from "apache-arrow";
import type {DataType, Vector} from "apache-arrow";
import type {Column, Columns, Row} from "./columns.ts";

/** Which bytes rows are encoded in: to be raised with any change of what {@link encodeRows}, {@link withMetadata} or the CSV give for the same rows. */
export const encodingVersion = "1, Arrow 21.2";

const minimumInt32 = -(2 ** 31);
const maximumInt32 = 2 ** 31 - 1;

function arrowType({type}: Column, dictionary: number): DataType {
  switch (type) {
    case "real":
      return new Float64();
    case "integer":
      return new Int32();
    case "flag":
      return new Bool();
    case "text":
      return new Dictionary(new Utf8(), new Int32(), dictionary);
  }
}

/** Whether a value is of a column's type, null aside. */
export function fits(value: unknown, {type}: Column): boolean {
  switch (type) {
    case "real":
      return typeof value === "number" && Number.isFinite(value);
    case "integer":
      return Number.isInteger(value) && (value as number) >= minimumInt32 && (value as number) <= maximumInt32;
    case "flag":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
  }
}

function describe(value: unknown): string {
  return typeof value === "string" ? `${JSON.stringify(value)} (text)` : String(value);
}

function checkRows(table: string, columns: Columns, rows: readonly Row[]): void {
  const names = Object.keys(columns);
  if (!Array.isArray(rows)) throw new RangeError(`table ${table}: expected rows, found ${describe(rows)}`);
  rows.forEach((row: Row | null | undefined, i) => {
    if (typeof row !== "object" || row === null) throw new RangeError(`table ${table}, row ${i}: expected an object, found ${describe(row)}`);
    for (const name of Object.keys(row))
      if (!Object.hasOwn(columns, name)) throw new RangeError(`table ${table}, row ${i}: column ${JSON.stringify(name)} is not declared`);
    for (const name of names) {
      const value = row[name];
      const column = columns[name]!;
      if (value === null && column.nullable) continue;
      if (!fits(value, column))
        throw new RangeError(`table ${table}, row ${i}, column ${name}: expected ${column.type === "real" ? "a finite number" : `a value of type ${column.type}`}${column.nullable ? " or null" : ""}, found ${describe(value)}`);
    }
  });
}

/** The Arrow fields of columns, with what describes them or bare. */
export function fieldsOf(columns: Columns, isDescribed: boolean): readonly Field[] {
  return Object.entries(columns).map(([name, column], i) => {
    const description = isDescribed ? [["description", column.description] as const, ...(column.unit === undefined ? [] : [["unit", column.unit] as const])] : [];
    return new Field(name, arrowType(column, i), column.nullable, new Map(description));
  });
}

/**
 * Encodes rows as an Arrow IPC stream that says nothing but names, types and
 * values: equal rows give equal bytes.
 * @throws RangeError naming table, row and column of the first value that does
 *   not fit its declared type; a number that is not finite never fits.
 */
export function encodeRows(table: string, columns: Columns, rows: readonly Row[]): Uint8Array {
  checkRows(table, columns, rows);
  const fields = fieldsOf(columns, false);
  const vectors = fields.map(({name, type}) => vectorFromArray(rows.map((row) => row[name]), type));
  const schema = new Schema([...fields]);
  const data = makeData({type: new Struct(schema.fields), length: rows.length, nullCount: 0, children: vectors.map((vector) => vector.data[0]!)});
  return tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream");
}

/** Length of the first message of a stream, its schema, which has no body. */
const schemaLength = (bytes: Uint8Array): number => 8 + new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);

/**
 * The stream of {@link encodeRows} with another schema message: one that
 * carries the columns' descriptions and units, and `metadata` (sorted by key).
 */
export function withMetadata(bytes: Uint8Array, columns: Columns, metadata: Readonly<Record<string, string>>): Uint8Array {
  const schema = new Schema([...fieldsOf(columns, true)], new Map(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))));
  const described = tableToIPC(new Table(schema), "stream");
  return Buffer.concat([described.subarray(0, schemaLength(described)), bytes.subarray(schemaLength(bytes))]);
}

/** @throws RangeError for a table without rows */
export function checkNotEmpty(table: string, rows: number): void {
  if (rows === 0) throw new RangeError(`table ${table}: expected at least one row, found none`);
}

/** Encodes rows as an Arrow IPC stream with the columns' descriptions and `metadata`. @throws RangeError as {@link encodeRows}, and for a table without rows */
export function encodeTable(table: string, columns: Columns, rows: readonly Row[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const bare = encodeRows(table, columns, rows);
  checkNotEmpty(table, rows.length);
  return withMetadata(bare, columns, metadata);
}

const endOfStream = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

/**
 * Checks that `bytes` are one whole Arrow IPC stream: it begins with a
 * continuation marker (the file format begins with `ARROW1`) and ends with the
 * end-of-stream marker, which a stream cut between two batches lacks.
 * @throws RangeError that names `where`.
 */
export function checkArrowStream(bytes: Uint8Array, where: string): void {
  if (bytes.length === 0) throw new RangeError(`${where}: expected an Arrow IPC stream, found nothing`);
  if (!endOfStream.slice(0, 4).every((byte, i) => bytes[i] === byte)) {
    const start = JSON.stringify(Buffer.from(bytes.subarray(0, 24)).toString("latin1"));
    throw new RangeError(`${where}: expected an Arrow IPC stream, found bytes that begin with ${start}`);
  }
  const end = bytes.length - endOfStream.length;
  if (!endOfStream.every((byte, i) => bytes[end + i] === byte))
    throw new RangeError(`${where}: the Arrow IPC stream has no end marker after ${bytes.length} bytes: it is truncated`);
}

/** A decoded table: its rows as plain objects and the metadata of its schema. */
export interface DecodedTable {
  readonly rows: readonly Row[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The values of a column in order; text by its dictionary, numbers without nulls as they stand. */
function valuesOf(column: Vector): ArrayLike<Row[string]> {
  const [{type, values, nullCount, dictionary} = {type: undefined}] = column.data;
  const isWhole = column.data.length === 1 && nullCount === 0;
  if (isWhole && (type instanceof Float64 || type instanceof Int32)) return values as ArrayLike<number>;
  if (isWhole && type instanceof Dictionary) {
    const words = Array.from(dictionary as Vector<Utf8>, String);
    return Array.from(values as Int32Array, (code) => words[code]!);
  }
  return Array.from(column) as Row[string][];
}

/** Decodes what {@link encodeTable} wrote. */
export function decodeTable(bytes: Uint8Array, where: string): DecodedTable {
  checkArrowStream(bytes, where);
  const table = tableFromIPC(bytes);
  const names = table.schema.fields.map(({name}) => name);
  const columns = names.map((_, i) => valuesOf(table.getChildAt(i)!));
  const rows = Array.from({length: table.numRows}, (_, i) => {
    const row: Record<string, Row[string]> = {};
    for (let j = 0; j < names.length; j++) row[names[j]!] = columns[j]![i]!;
    return row;
  });
  return {rows, metadata: Object.fromEntries(table.schema.metadata)};
}

/** The metadata of a table's schema, without reading its rows. */
export function readMetadata(bytes: Uint8Array, where: string): Readonly<Record<string, string>> {
  checkArrowStream(bytes, where);
  return Object.fromEntries(RecordBatchReader.from(bytes).open().schema.metadata);
}
