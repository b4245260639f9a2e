import type {DuckDBClient, QueryResult} from "npm:@observablehq/duckdb";
import type {KeptRun} from "./kept-runs.js";
import {requireWholeStream} from "./whole-files.js";

type Query = {readonly text: string; readonly values: readonly unknown[]};
type Fetch = (address: string) => Promise<Response>;

/** The schema of a run as the page told of it. */
type Filled = {readonly told: object; readonly schema: Promise<string>};

const schemasOf = new WeakMap<DuckDBClient, Map<string, Filled>>();
let schemaCount = 0;

/**
 * Asks a query of a kept run: its tables that differ stand in a schema of their own, which is searched before the
 * shown run's, and arrive when they are first asked for.
 *
 * @throws naming the run's table that is absent or did not arrive whole; what DuckDB refuses.
 */
export async function queryKeptRun(client: DuckDBClient, run: KeptRun, {text, values}: Query, load: Fetch = fetch): Promise<QueryResult> {
  const schema = await schemaOf(client, run, load);
  const connection = await client._db.connect();
  try {
    await connection.query(`SET search_path = '${schema},main'`);
    if (values.length === 0) return await connection.query(text);
    const statement = await connection.prepare(text);
    return await statement.query(...values);
  } finally {
    await connection.close();
  }
}

function schemaOf(client: DuckDBClient, run: KeptRun, load: Fetch): Promise<string> {
  const schemas = schemasOf.get(client) ?? new Map<string, Filled>();
  schemasOf.set(client, schemas);
  const known = schemas.get(run.name);
  if (known?.told === run.told) return known.schema;
  const schema = fillSchema(client, `kept_run_${++schemaCount}`, run, load);
  const filled = {told: run.told, schema};
  schemas.set(run.name, filled);
  schema.catch(() => schemas.get(run.name) === filled && schemas.delete(run.name));
  if (known !== undefined) Promise.all([known.schema, schema]).then(([old]) => dropSchema(client, old)).catch(() => {});
  return schema;
}

async function dropSchema(client: DuckDBClient, schema: string): Promise<void> {
  const connection = await client._db.connect();
  try {
    await connection.query(`DROP SCHEMA ${schema} CASCADE`);
  } finally {
    await connection.close();
  }
}

async function fillSchema(client: DuckDBClient, schema: string, {name: run, tables}: KeptRun, load: Fetch): Promise<string> {
  const streams = await Promise.all(Array.from(tables, async ([name, address]) => {
    const response = await load(address);
    if (!response.ok) throw new Error(`${name} of ${run}: expected a table, found status ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    requireWholeStream(`${name} of ${run}`, bytes);
    return [name, bytes] as const;
  }));
  const connection = await client._db.connect();
  try {
    await connection.query(`CREATE SCHEMA ${schema}`);
    for (const [name, bytes] of streams) {
      await connection.insertArrowFromIPCStream(bytes, {name, schema});
      // DuckDB takes some damaged streams without a word, and the search would go on to the shown run's table.
      await connection.query(`SELECT count(*) FROM ${schema}."${name}"`);
    }
  } finally {
    await connection.close();
  }
  return schema;
}
