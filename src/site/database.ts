import type {DuckDBConnection} from "@duckdb/duckdb-wasm/blocking";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {countArrowStreamRows} from "./arrow-stream.ts";

/** One row of a result: numbers (dates in milliseconds), strings, booleans, null, lists and records of them. */
export type Row = Readonly<Record<string, unknown>>;

export type Database = {
  /** Makes a table of an Arrow IPC stream; refuses anything else, and a table whose rows DuckDB did not all take. */
  insertArrowStream(name: string, bytes: Uint8Array): void;
  /** Runs one SQL statement and gives its rows. */
  query(sql: string): readonly Row[];
  close(): void;
};

/** SQL that DuckDB refused, with the statement and DuckDB's own words. */
export class QueryError extends Error {
  readonly sql: string;
  constructor(sql: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`DuckDB refuses ${JSON.stringify(sql)}: ${reason}`, {cause});
    this.name = "QueryError";
    this.sql = sql;
  }
}

const require = createRequire(import.meta.url);
const blocking = require("@duckdb/duckdb-wasm/blocking") as typeof import("@duckdb/duckdb-wasm/blocking");

/**
 * Opens an empty in-memory DuckDB in this process, by the same duckdb-wasm (1.29.0, DuckDB 1.1.1) as the pages
 * use in a browser, so that SQL gives the same here and there. Nothing can be fetched: no extension is loaded.
 */
export async function openDatabase(): Promise<Database> {
  const folder = dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  const engine = {
    mainModule: join(folder, "duckdb-eh.wasm"),
    mainWorker: join(folder, "duckdb-node-eh.worker.cjs")
  };
  const bundles = {mvp: engine, eh: engine};
  const duckdb = await blocking.createDuckDB(bundles, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  await duckdb.instantiate(() => {});
  duckdb.open({query: {castTimestampToDate: true}});
  const connection = duckdb.connect();
  const query = (sql: string) => runQuery(connection, sql);
  return {
    query,
    insertArrowStream: (name, bytes) => insertArrowStream(connection, name, bytes),
    close: () => {
      connection.close();
      duckdb.reset();
    }
  };
}

function insertArrowStream(connection: DuckDBConnection, name: string, bytes: Uint8Array): void {
  const expected = countArrowStreamRows(name, bytes);
  try {
    connection.insertArrowFromIPCStream(bytes, {name, create: true});
  } catch (error) {
    throw new Error(`table "${name}": DuckDB does not take its Arrow stream: ${duckdbReason(error)}`, {cause: error});
  }
  const [{rows: found} = {rows: 0}] = runQuery(connection, `SELECT count(*)::INTEGER AS rows FROM "${name.replaceAll('"', '""')}"`);
  if (found !== expected) throw new Error(`table "${name}": its Arrow stream has ${expected} rows, DuckDB took ${String(found)}`);
}

/** An insertion's error carries its message inside JSON, a query's does not. */
function duckdbReason(error: unknown): string {
  const {message} = error as Error;
  return /"exception_message":"((?:[^"\\]|\\.)*)"/.exec(message)?.[1]?.replace(/\\"/g, '"') ?? message;
}

function runQuery(connection: DuckDBConnection, sql: string): readonly Row[] {
  try {
    const result = connection.query(sql);
    (result.schema.fields as readonly Field[]).forEach((field) => refuseMisread(field));
    return result.toArray().map(plainRow);
  } catch (error) {
    throw new QueryError(sql, error);
  }
}

type Field = {readonly name: string; readonly type: {readonly typeId: number; readonly bitWidth?: number; readonly children?: readonly Field[] | null}};

const arrowInteger = 2;
const arrowDecimal = 7;

/**
 * Two kinds of value reach a page wrong and without an error: HUGEINT (what `sum` of integers gives) and DECIMAL as four
 * 32-bit words, BIGINT inside a list or record as another number's bits. Neither may leave a query here either.
 */
function refuseMisread({name, type}: Field, isNested = false): void {
  if (type.typeId === arrowDecimal) throw new Error(`column "${name}" is a HUGEINT or DECIMAL: cast it, as in sum(x)::DOUBLE`);
  if (isNested && type.typeId === arrowInteger && type.bitWidth === 64) {
    throw new Error(`"${name}" is a BIGINT inside a list or record: cast it, as in count(*)::INTEGER`);
  }
  type.children?.forEach((child) => refuseMisread(child, true));
}

type ArrowRow = Iterable<readonly [string, unknown]>;

function plainRow(row: ArrowRow): Row {
  return Object.fromEntries(Array.from(row, ([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plainValue);
  const items = Array.from(value as Iterable<unknown>);
  const isStruct = !Array.isArray((value as {toJSON(): unknown}).toJSON());
  return isStruct ? plainRow(items as unknown as ArrowRow) : items.map(plainValue);
}
